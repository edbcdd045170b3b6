"""What the questions rest on: one release, pages put together, nested values made columns."""

import json
import urllib.error
import urllib.parse
import urllib.request

MOST_PAGES = 10_000


class Failure(Exception):
    """An answer that says what was wrong: code, field and nearest ids are the interface's."""

    def __init__(self, status, error):
        super().__init__(error.get("message", ""))
        self.status = status
        self.code = error.get("code", "")
        self.field = error.get("field", "")
        self.nearest = error.get("nearest", [])


class Rows(list):
    """The rows of an answer, each a dict with the same columns, and the release and sources they come from."""

    release = None
    sources = ()
    censored = None

    def to_pandas(self):
        """The rows as a pandas.DataFrame. Its attrs name the release and the sources."""
        import pandas

        frame = pandas.DataFrame.from_records(list(self))
        frame.attrs.update(release=self.release, sources=list(self.sources))
        return frame


class Client:
    """Asks the release with this id, or the one that is current now."""

    def __init__(self, site, release=None, timeout=60):
        if urllib.parse.urlsplit(site).scheme not in ("http", "https"):
            raise ValueError("%r is no address of a site: write https://…" % site)
        self.site = site.rstrip("/")
        self.timeout = timeout
        self.release = release or self._get(self.site + "/api/v1/release")["release"]["id"]

    def _get(self, url):
        request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "yardstick-python/1"})
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            try:
                told = json.load(error)["error"]
            except (ValueError, KeyError, TypeError):
                told = {"message": "the server answered %d" % error.code}
            raise Failure(error.code, told) from None

    def ask(self, path, parameters):
        """The answer of one address as it is, from the release of the client."""
        given = [(name, value) for name, value in parameters.items() if value is not None]
        url = "%s/r/%s/api/v1%s?%s" % (self.site, self.release, path, urllib.parse.urlencode(given, doseq=True))
        answer = self._get(url)
        if not answer["release"]["id"].startswith(self.release):
            raise Failure(200, {"message": "the server answered from another release"})
        return answer

    def _rows(self, path, parameters):
        rows, sources = [], {}
        for _ in range(MOST_PAGES):
            answer = self.ask(path, dict(parameters, offset=len(rows)))
            rows.extend(answer["data"])
            sources.update((s["id"], s) for s in answer["sources"])
            if not answer["data"] or len(rows) >= answer["page"]["total"]:
                break
        return self._tidy(rows, answer, list(sources.values()))

    def _table(self, path, parameters):
        answer = self.ask(path, parameters)
        return self._tidy(answer["data"], answer, answer["sources"])

    @staticmethod
    def _tidy(data, answer, sources):
        flat = [_flat(row) for row in data]
        columns = list(dict.fromkeys(name for row in flat for name in row))
        out = Rows({name: row.get(name) for name in columns} for row in flat)
        out.release, out.sources, out.censored = answer["release"], sources, answer.get("censored")
        return out


def _flat(value, prefix=""):
    """A nested object as one row: objects and [lower, upper] become columns, other lists stay as they are."""
    row = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            row.update(_flat(inner, prefix + name + "_"))
        elif name.endswith(("interval", "bounds")) and isinstance(inner, list) and len(inner) == 2:
            row[prefix + name + "_lower"], row[prefix + name + "_upper"] = inner
        elif name.endswith(("interval", "bounds")) and inner is None:
            row[prefix + name + "_lower"] = row[prefix + name + "_upper"] = None
        else:
            row[prefix + name] = inner
    return row
