# What the questions rest on: one release, pages put together, nested values made columns.

#' Asks the release with this id, or the one that is current now.
#' @param site address of the server, such as "https://yardstick.example"
#' @param release id of a release; NULL for the current one
#' @export
yardstick <- function(site, release = NULL) {
  if (!grepl("^https?://", site)) stop("'", site, "' is no address of a site: write https://...")
  site <- sub("/+$", "", site)
  if (is.null(release)) release <- ys_get(paste0(site, "/api/v1/release"))$release$id
  structure(list(site = site, release = release), class = "yardstick")
}

#' @export
print.yardstick <- function(x, ...) {
  cat("Yardstick at", x$site, "- release", substr(x$release, 1, 12), "\n")
  invisible(x)
}

# An answer as R values. An error of the interface is one of R's, with the interface's message.
ys_get <- function(url) {
  file <- tempfile(fileext = ".json")
  on.exit(unlink(file))
  status <- tryCatch(
    utils::download.file(url, file, quiet = TRUE, method = "libcurl", mode = "wb"),
    error = function(e) conditionMessage(e), warning = function(w) conditionMessage(w)
  )
  if (!identical(status, 0L)) stop("asking ", url, ": ", status, call. = FALSE)
  jsonlite::fromJSON(file, flatten = TRUE)
}

#' The answer of one address as it is, from the release of the client.
#' @export
ys_ask <- function(client, path, parameters = list()) {
  pairs <- unlist(lapply(names(parameters), function(name) {
    vapply(parameters[[name]], function(value) {
      value <- if (is.numeric(value)) format(value, scientific = FALSE, trim = TRUE) else as.character(value)
      paste0(name, "=", utils::URLencode(value, reserved = TRUE))
    }, "")
  }))
  url <- paste0(client$site, "/r/", client$release, "/api/v1", path, if (length(pairs)) "?", paste(pairs, collapse = "&"))
  answer <- ys_get(url)
  if (!startsWith(answer$release$id, client$release)) stop("the server answered from another release")
  answer
}

# The rows of a list, every page of it. The frame's attributes name the release and the sources.
ys_rows <- function(client, path, parameters) {
  pages <- list()
  sources <- list()
  n <- 0L
  repeat {
    answer <- ys_ask(client, path, c(parameters, list(offset = n)))
    page <- ys_tidy(answer$data)
    if (nrow(page) == 0L) break
    pages[[length(pages) + 1L]] <- page
    sources[[length(sources) + 1L]] <- answer$sources
    n <- n + nrow(page)
    if (n >= answer$page$total) break
  }
  ys_credit(ys_bind(pages), answer, ys_bind(sources))
}

ys_table <- function(client, path, parameters) {
  answer <- ys_ask(client, path, parameters)
  ys_credit(ys_tidy(answer$data), answer, answer$sources)
}

ys_credit <- function(frame, answer, sources) {
  attr(frame, "release") <- answer$release
  attr(frame, "sources") <- if (is.data.frame(sources)) sources[!duplicated(sources$id), ] else sources
  frame
}

# A list of two numbers, such as an interval, becomes two columns. Nested objects already are columns, with dots.
ys_tidy <- function(frame) {
  if (!is.data.frame(frame)) return(data.frame())
  for (name in grep("(interval|bounds)$", names(frame), value = TRUE)) {
    values <- frame[[name]]
    pick <- function(at) vapply(values, function(v) if (length(v) == 2L) as.numeric(v[[at]]) else NA_real_, 0)
    if (is.list(values)) {
      frame[[paste0(name, "_lower")]] <- pick(1L)
      frame[[paste0(name, "_upper")]] <- pick(2L)
    } else {
      frame[[paste0(name, "_lower")]] <- frame[[paste0(name, "_upper")]] <- rep(NA_real_, nrow(frame))
    }
    frame[[name]] <- NULL
  }
  names(frame) <- gsub(".", "_", names(frame), fixed = TRUE)
  frame
}

# Frames one under another; a column that one of them lacks is NA there.
ys_bind <- function(frames) {
  frames <- Filter(is.data.frame, frames)
  if (length(frames) == 0L) return(data.frame())
  columns <- unique(unlist(lapply(frames, names)))
  do.call(rbind, lapply(frames, function(frame) {
    for (name in setdiff(columns, names(frame))) frame[[name]] <- NA
    frame[columns]
  }))
}
