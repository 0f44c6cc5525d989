"""Bytes to Items: pure decoders, one file per format.

The door is `decode`. Official formats are read by the decoder that the catalogue names for their source. For feeds,
what a body is decides who reads it, not what its server calls it: JSON goes to `json_feed`, an XML file with CAP
alerts in it to `cap`, RSS, Atom and RDF to `syndication`. Before any parser stands `guard`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.feeds import (
    auswaertiges_amt,
    canada,
    cap,
    czib,
    dwd,
    east_asia,
    eccc,
    emsc,
    faa,
    fcdo,
    gdacs,
    jma_quake,
    json_feed,
    met_eireann,
    meteoalarm,
    metno,
    mofa_japan,
    nhc,
    nina,
    nws,
    oref,
    sigmet,
    smartraveller,
    syndication,
    tsunami,
    us_state,
    usgs,
    volcanoes,
    who,
    wmo,
)
from bot.feeds.guard import Shape, admit
from bot.model.errors import DecodeError
from bot.model.item import Format, Item, Source

__all__ = ["decode"]

_Decoder = Callable[[Source, str, datetime], tuple[Item, ...]]

_OFFICIAL: Mapping[Format, _Decoder] = {
    Format.USGS: usgs.decode,
    Format.EMSC: emsc.decode,
    Format.JMA_QUAKE: jma_quake.decode,
    Format.GDACS: gdacs.decode,
    Format.TSUNAMI: tsunami.decode,
    Format.GEONET_VOLCANO: volcanoes.decode_geonet,
    Format.USGS_VOLCANO: volcanoes.decode_usgs,
    Format.NHC: nhc.decode,
    Format.NWS: nws.decode,
    Format.METEOALARM: meteoalarm.decode,
    Format.WMO: wmo.decode,
    Format.NINA: nina.decode,
    Format.METNO: metno.decode,
    Format.ECCC: eccc.decode,
    Format.DWD: dwd.decode,
    Format.MET_EIREANN: met_eireann.decode,
    Format.CMA: east_asia.decode_cma,
    Format.JMA_WARNING: east_asia.decode_jma,
    Format.HKO: east_asia.decode_hko,
    Format.SIGMET: sigmet.decode,
    Format.FAA: faa.decode,
    Format.CZIB: czib.decode,
    Format.OREF: oref.decode,
    Format.WHO_DON: who.decode_don,
    Format.CDC_NOTICES: who.decode_cdc,
    Format.US_STATE: us_state.decode,
    Format.FCDO: fcdo.decode,
    Format.AUSWAERTIGES_AMT: auswaertiges_amt.decode,
    Format.CANADA: canada.decode,
    Format.SMARTRAVELLER: smartraveller.decode,
    Format.MOFA_JAPAN: mofa_japan.decode,
}
_XML = frozenset({
    Format.GDACS, Format.TSUNAMI, Format.FAA, Format.CDC_NOTICES, Format.SMARTRAVELLER, Format.MOFA_JAPAN,
})  # fmt: skip
_EITHER = frozenset({Format.NHC, Format.US_STATE, Format.FCDO})
_NOTHING = b"\xef\xbb\xbf \t\r\n\0"
"""What a quiet Home Front Command sends: a byte order mark and blanks."""


def decode(source: Source, body: bytes, content_type: str, now: datetime) -> tuple[Item, ...]:
    """Return the items that a body holds, in its own order; none for a feed that is empty.

    Args:
        source: whose body it is; gives the items their outlet, voice and, where nothing is declared, language.
        body: the whole answer, decompressed.
        content_type: the header as it was sent; only its charset is looked at, and only where nothing better is known.
        now: becomes `fetched_at`, and takes the place of dates that lie in the future.

    Raises:
        DecodeError: it is no feed, or one that must not be read; the message is for people.
    """
    if source.format is Format.OREF and not body.strip(_NOTHING):
        return ()
    document = admit(body, content_type)
    if source.format in _OFFICIAL:
        if source.format not in _EITHER and (document.shape is Shape.JSON) == (source.format in _XML):
            raise DecodeError(f"{'JSON' if document.shape is Shape.JSON else 'XML'} where the other was expected")
        return _OFFICIAL[source.format](source, document.text, now)
    if document.shape is Shape.JSON:
        return json_feed.decode(source, document.text, now)
    if document.shape is Shape.CAP or (source.format is Format.CAP and cap.holds_alerts(document.text)):
        return cap.decode(source, document.text, now)
    if document.shape is Shape.SYNDICATION:
        return syndication.decode(source, document.text, now)
    raise DecodeError(f"XML that is no feed (its root is <{document.root[:40]}>)")
