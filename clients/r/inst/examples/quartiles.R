# Works out the quartiles of safeguarding scores in Core Case Inspections again, from one result for each area.
#
#   Rscript quartiles.R https://yardstick.example

library(yardstick)
site <- yardstick(commandArgs(trailingOnly = TRUE)[1])
scores <- ys_results(site, programme = "cci", measure = "safeguarding")

# One result for each area that there is today: its latest. An area whose latest cannot be told from the dates is left
# out: a date of 2010-05 may be before 2010-05-20 or after it.
areas <- ys_areas(site)
scores <- scores[!is.na(scores$percent) & scores$area %in% areas$id[areas$current], ]
scores <- scores[order(scores$published, na.last = FALSE), ]
sure <- function(dates) {
  newest <- tail(dates, 1)
  others <- head(dates, -1)
  length(others) == 0 ||
    !anyNA(dates) && !any(startsWith(rep(newest, length(others)), others) | startsWith(others, newest))
}
known <- names(Filter(sure, split(scores$published, scores$area)))
latest <- scores[!duplicated(scores$area, fromLast = TRUE) & scores$area %in% known, ]
mine <- unname(quantile(latest$percent, c(0.25, 0.5, 0.75)))

printed <- ys_benchmarks(site, programme = "cci", measure = "safeguarding", group = "all")
printed <- printed[printed$kind == "computed", ]
theirs <- c(printed$q1, printed$median, printed$q3)
if (!isTRUE(all.equal(mine, theirs)) || printed$valued != nrow(latest)) {
  stop("worked out ", toString(mine), " of ", nrow(latest), " areas, and the site says ", toString(theirs))
}
cat("quartiles", toString(mine), "of", nrow(latest), "areas, release", substr(site$release, 1, 12), "\n")
