# Written from the interface's OpenAPI document by go test ./internal/e2e -run TestClients -update.


class Questions:
    def areas(self, q=None):
        """Finds the areas that serve a place: by postcode, town, village or council, or by a name of the area, in English or Welsh.

        q: A postcode or its first half, a town, village or council, or part of any name of an area.
        """
        return self._rows("/areas", {"q": q})

    def area(self, id):
        """Gives one area: its names, authorities, predecessors, successors and inspections.

        id: An area's id, as /api/v1/areas gives it.
        """
        return self.ask("/areas/" + _quoted(id), {})

    def benchmarks(self, programme, measure, group=None, of=None, without=None, areas=None, as_of=None):
        """Gives the lowest, highest, average and quartiles of a measure, by group and on any date.

        programme: An inspection programme.
        measure: A measure of the programme.
        group: The groups of areas to set the measure over.
        of: Only the group that this area is in, by the area's id.
        without: Leave this area out of its groups; the same id as `of`.
        areas: The areas of a list, by id or name with commas between them; for a group, with `group=list`.
        as_of: What was known at the end of this day.
        """
        return self._table("/benchmarks", {"programme": programme, "measure": measure, "group": group, "of": of, "without": without, "areas": areas, "as_of": as_of})

    def compare(self, with_, lang=None):
        """Puts two to six inspections side by side, and says what you can conclude from them.

        with: The id of an inspection, given once for each of two to six inspections.
        lang: The language of the reasons.
        """
        return self.ask("/compare", {"with": with_, "lang": lang})

    def findings(self, inspection=None, kind=None, area=None, programme=None):
        """Lists what reports say besides scores: recommendations, reasons, answers, what inspectors saw, facts and limits.

        inspection: Only this inspection, by its id.
        kind: Only this kind of finding.
        area: Only this area, by its id.
        programme: An inspection programme.
        """
        return self._rows("/findings", {"inspection": inspection, "kind": kind, "area": area, "programme": programme})

    def funnel(self, programme=None, measure=None, as_of=None, indicator=None, period=None):
        """Gives each area's share with the limits that chance sets to it and the ranks it may have.

        programme: An inspection programme.
        measure: A measure of the programme.
        as_of: What was known at the end of this day.
        indicator: A published statistic.
        period: The last day of the period, such as 2022-03-31.
        """
        return self.ask("/funnel", {"programme": programme, "measure": measure, "as_of": as_of, "indicator": indicator, "period": period})

    def indicators(self, indicator=None, area=None):
        """Gives published series of reoffending, first-time entrants, custody and population.

        indicator: A published statistic.
        area: Only this area, by its id.
        """
        return self._rows("/indicators", {"indicator": indicator, "area": area})

    def inspections(self, area=None, programme=None, from_=None, to=None):
        """Lists inspections, the newest first, those without a known date last.

        area: Only this area, by its id.
        programme: An inspection programme.
        from: Only what may have been published on this day or after.
        to: Only what may have been published on this day or before.
        """
        return self._rows("/inspections", {"area": area, "programme": programme, "from": from_, "to": to})

    def inspection(self, id):
        """Gives one inspection with every result, its benchmark as printed, and its warnings.

        id: An inspection's id, as /api/v1/inspections gives it.
        """
        return self.ask("/inspections/" + _quoted(id), {})

    def map(self, programme=None, measure=None, scale=None, indicator=None):
        """Gives one result or statistic for every current area, with the tile each has on the map.

        programme: An inspection programme.
        measure: A measure of the programme.
        scale: A scale, where a measure has had several.
        indicator: A published statistic.
        """
        return self.ask("/map", {"programme": programme, "measure": measure, "scale": scale, "indicator": indicator})

    def overview(self, show=None, region=None):
        """Gives every present area beside every measure of a programme, or beside the published rates.

        show: A programme, or `statistics` for the published rates.
        region: Only areas in this region.
        """
        return self._rows("/overview", {"show": show, "region": region})

    def release(self):
        """Says what the current release has.
        """
        return self.ask("/release", {})

    def releases(self):
        """Lists every release with what it added, corrected and withdrew.
        """
        return self._rows("/releases", {})

    def results(self, programme=None, measure=None, area=None, areas=None, from_=None, to=None):
        """Lists results, one for each measure of an inspection, with intervals and comparisons with other areas.

        programme: An inspection programme.
        measure: A measure of the programme.
        area: Only this area, by its id.
        areas: The areas of a list, by id or name with commas between them; for a group, with `group=list`.
        from: Only what may have been published on this day or after.
        to: Only what may have been published on this day or before.
        """
        return self._rows("/results", {"programme": programme, "measure": measure, "area": area, "areas": areas, "from": from_, "to": to})

    def sources(self):
        """Lists every document that figures were read from.
        """
        return self._rows("/sources", {})

    def statistics(self, indicator, period=None, group=None, of=None, without=None, areas=None):
        """Gives the lowest, highest, average and quartiles of a published statistic over areas, by group and period.

        indicator: A published statistic.
        period: The last day of the period, such as 2022-03-31.
        group: The groups of areas to set the measure over.
        of: Only the group that this area is in, by the area's id.
        without: Leave this area out of its groups; the same id as `of`.
        areas: The areas of a list, by id or name with commas between them; for a group, with `group=list`.
        """
        return self._table("/statistics", {"indicator": indicator, "period": period, "group": group, "of": of, "without": without, "areas": areas})

    def suggestions(self, q=None, lang=None):
        """Suggests areas while their name is typed, with the reason for each.

        q: A postcode or its first half, a town, village or council, or part of any name of an area.
        lang: The language of the reasons.
        """
        return self.ask("/suggestions", {"q": q, "lang": lang})

    def target(self, places=None, strong=None, per_region=None, exclude=None, certainty=None, as_of=None, reoffending=None, reoffending_younger=None, first_time_entrants=None, custody=None, last_result=None, age_of_result=None):
        """Ranks areas for inspection by weights of your own, with how sure each rank is.

        places: How many areas to propose.
        strong: How many of them to choose for being strong.
        per_region: How many of one region at most; 0 for no such limit.
        exclude: Leave out areas inspected within this many months.
        certainty: How sure the weights are: 0 fixes them, more is the sum of a Dirichlet distribution's parameters.
        as_of: What was known at the end of this day.
        reoffending: Weight of the reoffending rate.
        reoffending_younger: Weight of reoffending among children aged 10 to 14.
        first_time_entrants: Weight of the rate of first-time entrants.
        custody: Weight of the custody rate.
        last_result: Weight of the last overall result.
        age_of_result: Weight of the years since that result.
        """
        return self.ask("/target", {"places": places, "strong": strong, "per_region": per_region, "exclude": exclude, "certainty": certainty, "as_of": as_of, "reoffending": reoffending, "reoffending_younger": reoffending_younger, "first_time_entrants": first_time_entrants, "custody": custody, "last_result": last_result, "age_of_result": age_of_result})

    def backtest(self):
        """Says how well the desk of past days predicted later ratings.
        """
        return self.ask("/target/backtest", {})

    def trends(self, theme=None, programme=None, measure=None, region=None):
        """Gives the results of a measure or theme year by year, and the areas that moved.

        theme: What measures of several programmes have in common.
        programme: An inspection programme.
        measure: A measure of the programme.
        region: Only areas in this region.
        """
        return self.ask("/trends", {"theme": theme, "programme": programme, "measure": measure, "region": region})


def _quoted(text):
    from urllib.parse import quote

    return quote(text, safe="")
