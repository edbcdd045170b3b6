# Written from the interface's OpenAPI document by go test ./internal/e2e -run TestClients -update.

#' Finds the areas that serve a place: by postcode, town, village or council, or by a name of the area, in English or Welsh.
#' @param client what yardstick() returned
#' @param q A postcode or its first half, a town, village or council, or part of any name of an area.
#' @export
ys_areas <- function(client, q = NULL) {
  ys_rows(client, "/areas", list(q = q))
}

#' Gives one area: its names, authorities, predecessors, successors and inspections.
#' @param client what yardstick() returned
#' @param id An area's id, as /api/v1/areas gives it.
#' @export
ys_area <- function(client, id) {
  ys_ask(client, paste0("/areas/", utils::URLencode(id, reserved = TRUE)), list())
}

#' Gives the lowest, highest, average and quartiles of a measure, by group and on any date.
#' @param client what yardstick() returned
#' @param programme An inspection programme.
#' @param measure A measure of the programme.
#' @param group The groups of areas to set the measure over.
#' @param of Only the group that this area is in, by the area's id.
#' @param without Leave this area out of its groups; the same id as `of`.
#' @param areas The areas of a list, by id or name with commas between them; for a group, with `group=list`.
#' @param as_of What was known at the end of this day.
#' @export
ys_benchmarks <- function(client, programme, measure, group = NULL, of = NULL, without = NULL, areas = NULL, as_of = NULL) {
  ys_table(client, "/benchmarks", list(programme = programme, measure = measure, group = group, of = of, without = without, areas = areas, as_of = as_of))
}

#' Puts two to six inspections side by side, and says what you can conclude from them.
#' @param client what yardstick() returned
#' @param with The id of an inspection, given once for each of two to six inspections.
#' @param lang The language of the reasons.
#' @export
ys_compare <- function(client, with, lang = NULL) {
  ys_ask(client, "/compare", list(with = with, lang = lang))
}

#' Lists what reports say besides scores: recommendations, reasons, answers, what inspectors saw, facts and limits.
#' @param client what yardstick() returned
#' @param inspection Only this inspection, by its id.
#' @param kind Only this kind of finding.
#' @param area Only this area, by its id.
#' @param programme An inspection programme.
#' @export
ys_findings <- function(client, inspection = NULL, kind = NULL, area = NULL, programme = NULL) {
  ys_rows(client, "/findings", list(inspection = inspection, kind = kind, area = area, programme = programme))
}

#' Gives each area's share with the limits that chance sets to it and the ranks it may have.
#' @param client what yardstick() returned
#' @param programme An inspection programme.
#' @param measure A measure of the programme.
#' @param as_of What was known at the end of this day.
#' @param indicator A published statistic.
#' @param period The last day of the period, such as 2022-03-31.
#' @export
ys_funnel <- function(client, programme = NULL, measure = NULL, as_of = NULL, indicator = NULL, period = NULL) {
  ys_ask(client, "/funnel", list(programme = programme, measure = measure, as_of = as_of, indicator = indicator, period = period))
}

#' Gives published series of reoffending, first-time entrants, custody and population.
#' @param client what yardstick() returned
#' @param indicator A published statistic.
#' @param area Only this area, by its id.
#' @export
ys_indicators <- function(client, indicator = NULL, area = NULL) {
  ys_rows(client, "/indicators", list(indicator = indicator, area = area))
}

#' Lists inspections, the newest first, those without a known date last.
#' @param client what yardstick() returned
#' @param area Only this area, by its id.
#' @param programme An inspection programme.
#' @param from Only what may have been published on this day or after.
#' @param to Only what may have been published on this day or before.
#' @export
ys_inspections <- function(client, area = NULL, programme = NULL, from = NULL, to = NULL) {
  ys_rows(client, "/inspections", list(area = area, programme = programme, from = from, to = to))
}

#' Gives one inspection with every result, its benchmark as printed, and its warnings.
#' @param client what yardstick() returned
#' @param id An inspection's id, as /api/v1/inspections gives it.
#' @export
ys_inspection <- function(client, id) {
  ys_ask(client, paste0("/inspections/", utils::URLencode(id, reserved = TRUE)), list())
}

#' Gives one result or statistic for every current area, with the tile each has on the map.
#' @param client what yardstick() returned
#' @param programme An inspection programme.
#' @param measure A measure of the programme.
#' @param scale A scale, where a measure has had several.
#' @param indicator A published statistic.
#' @export
ys_map <- function(client, programme = NULL, measure = NULL, scale = NULL, indicator = NULL) {
  ys_ask(client, "/map", list(programme = programme, measure = measure, scale = scale, indicator = indicator))
}

#' Gives every present area beside every measure of a programme, or beside the published rates.
#' @param client what yardstick() returned
#' @param show A programme, or `statistics` for the published rates.
#' @param region Only areas in this region.
#' @export
ys_overview <- function(client, show = NULL, region = NULL) {
  ys_rows(client, "/overview", list(show = show, region = region))
}

#' Says what the current release has.
#' @param client what yardstick() returned
#' @export
ys_release <- function(client) {
  ys_ask(client, "/release", list())
}

#' Lists every release with what it added, corrected and withdrew.
#' @param client what yardstick() returned
#' @export
ys_releases <- function(client) {
  ys_rows(client, "/releases", list())
}

#' Lists results, one for each measure of an inspection, with intervals and comparisons with other areas.
#' @param client what yardstick() returned
#' @param programme An inspection programme.
#' @param measure A measure of the programme.
#' @param area Only this area, by its id.
#' @param areas The areas of a list, by id or name with commas between them; for a group, with `group=list`.
#' @param from Only what may have been published on this day or after.
#' @param to Only what may have been published on this day or before.
#' @export
ys_results <- function(client, programme = NULL, measure = NULL, area = NULL, areas = NULL, from = NULL, to = NULL) {
  ys_rows(client, "/results", list(programme = programme, measure = measure, area = area, areas = areas, from = from, to = to))
}

#' Lists every document that figures were read from.
#' @param client what yardstick() returned
#' @export
ys_sources <- function(client) {
  ys_rows(client, "/sources", list())
}

#' Gives the lowest, highest, average and quartiles of a published statistic over areas, by group and period.
#' @param client what yardstick() returned
#' @param indicator A published statistic.
#' @param period The last day of the period, such as 2022-03-31.
#' @param group The groups of areas to set the measure over.
#' @param of Only the group that this area is in, by the area's id.
#' @param without Leave this area out of its groups; the same id as `of`.
#' @param areas The areas of a list, by id or name with commas between them; for a group, with `group=list`.
#' @export
ys_statistics <- function(client, indicator, period = NULL, group = NULL, of = NULL, without = NULL, areas = NULL) {
  ys_table(client, "/statistics", list(indicator = indicator, period = period, group = group, of = of, without = without, areas = areas))
}

#' Suggests areas while their name is typed, with the reason for each.
#' @param client what yardstick() returned
#' @param q A postcode or its first half, a town, village or council, or part of any name of an area.
#' @param lang The language of the reasons.
#' @export
ys_suggestions <- function(client, q = NULL, lang = NULL) {
  ys_ask(client, "/suggestions", list(q = q, lang = lang))
}

#' Ranks areas for inspection by weights of your own, with how sure each rank is.
#' @param client what yardstick() returned
#' @param places How many areas to propose.
#' @param strong How many of them to choose for being strong.
#' @param per_region How many of one region at most; 0 for no such limit.
#' @param exclude Leave out areas inspected within this many months.
#' @param certainty How sure the weights are: 0 fixes them, more is the sum of a Dirichlet distribution's parameters.
#' @param as_of What was known at the end of this day.
#' @param reoffending Weight of the reoffending rate.
#' @param reoffending_younger Weight of reoffending among children aged 10 to 14.
#' @param first_time_entrants Weight of the rate of first-time entrants.
#' @param custody Weight of the custody rate.
#' @param last_result Weight of the last overall result.
#' @param age_of_result Weight of the years since that result.
#' @export
ys_target <- function(client, places = NULL, strong = NULL, per_region = NULL, exclude = NULL, certainty = NULL, as_of = NULL, reoffending = NULL, reoffending_younger = NULL, first_time_entrants = NULL, custody = NULL, last_result = NULL, age_of_result = NULL) {
  ys_ask(client, "/target", list(places = places, strong = strong, per_region = per_region, exclude = exclude, certainty = certainty, as_of = as_of, reoffending = reoffending, reoffending_younger = reoffending_younger, first_time_entrants = first_time_entrants, custody = custody, last_result = last_result, age_of_result = age_of_result))
}

#' Says how well the desk of past days predicted later ratings.
#' @param client what yardstick() returned
#' @export
ys_backtest <- function(client) {
  ys_ask(client, "/target/backtest", list())
}

#' Gives the results of a measure or theme year by year, and the areas that moved.
#' @param client what yardstick() returned
#' @param theme What measures of several programmes have in common.
#' @param programme An inspection programme.
#' @param measure A measure of the programme.
#' @param region Only areas in this region.
#' @export
ys_trends <- function(client, theme = NULL, programme = NULL, measure = NULL, region = NULL) {
  ys_ask(client, "/trends", list(theme = theme, programme = programme, measure = measure, region = region))
}
