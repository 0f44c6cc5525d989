"""One small payload of each official JSON format, for tests that change them at random. Ours, in the source's shape."""

from support.official import collection, feature

from bot.model.item import Format

_POINT = {"type": "Point", "coordinates": [10.0, 20.0, 5.0]}
_TIME = "2024-09-17T08:00:00Z"
_WARNING = {
    "identifier": "1", "sender": "s", "sent": _TIME, "status": "Actual", "msgType": "Alert", "references": "",
    "info": [{"language": "en", "event": "Wind", "headline": "Wind", "severity": "Minor", "expires": _TIME,
              "area": [{"areaDesc": "Kalo", "polygon": ["1,1 2,2 3,3"]}],
              "parameter": [{"valueName": "awareness_level", "value": "2; yellow"}], "responseType": ["None"]}],
}  # fmt: skip

PAYLOADS: dict[Format, object] = {
    Format.USGS: collection(feature({"mag": 5.1, "place": "Kalo", "time": 1, "updated": 2, "alert": "green",
                                     "type": "earthquake", "status": "reviewed"}, _POINT, id="1")),
    Format.EMSC: {"action": "create", "data": feature({"unid": "1", "mag": 5, "depth": 3, "lat": 1, "lon": 2,
                                                       "time": _TIME, "flynn_region": "KALO"}, _POINT)},
    Format.JMA_QUAKE: [{"eid": "1", "ctt": "1", "at": _TIME, "mag": "5", "maxi": "4", "cod": "+1.0+2.0-1000/"}],
    Format.GEONET_VOLCANO: collection(feature({"volcanoID": "k", "volcanoTitle": "K", "level": 1}, _POINT)),
    Format.USGS_VOLCANO: [{"vnum": "1", "volcano_name": "K", "alert_level": "WATCH", "sent_utc": _TIME}],
    Format.NHC: {"activeStorms": [{"id": "al1", "name": "K", "intensity": "50", "latitudeNumeric": 1.0,
                                   "longitudeNumeric": 2.0, "lastUpdate": _TIME, "publicAdvisory": {"url": "u"}}]},
    Format.NWS: collection(feature({"id": "1", "areaDesc": "K; L", "geocode": {"UGC": ["LAZ001"]}, "sent": _TIME,
                                    "references": [{"identifier": "0", "sender": "s", "sent": _TIME}],
                                    "status": "Actual", "messageType": "Alert", "event": "Flood"}, _POINT)),
    Format.METEOALARM: {"warnings": [{"alert": _WARNING}]},
    Format.WMO: collection(feature({"capurl": "a/b", "sent": _TIME, "event": "Flood", "s": 3, "u": 1, "c": 1,
                                    "mem": "ke-k", "areadesc": "K", "rlink": ""})),
    Format.NINA: [{"id": "mow.DE-NW-1", "sent": _TIME, "payload": {"data": {"headline": "H", "msgType": "Alert"}}}],
    Format.METNO: collection(feature({"id": "1", "title": "Vind", "status": "Actual", "type": "Alert", "area": "K"},
                                     _POINT, when={"interval": [_TIME, _TIME]})) | {"lastChange": _TIME},
    Format.ECCC: collection(feature({"id": "1_2", "feature_id": "f", "publication_datetime": _TIME,
                                     "alert_name_en": "wind", "risk_colour_en": "yellow"}, _POINT)),
    Format.DWD: {"alerts": [{"alert_id": "1", "effective": _TIME, "status": "actual", "headline_en": "H"}],
                 "location": {"name": "K"}},
    Format.MET_EIREANN: {"warnings": {"marine": [{"capId": "1", "headline": "H", "description": "D", "level": "Red",
                                                  "regions": ["R"], "issuedAt": "13:00 Tuesday 17/09/2024"}]}},
    Format.CMA: {"data": {"page": {"list": [{"alertid": "11_1", "issuetime": "2024/09/17 18:00",
                                             "title": "北京市气象台发布大雾红色预警信号"}]}}},
    Format.JMA_WARNING: {"reportDatetime": _TIME, "areaTypes": [{"areas": [
        {"code": "130000", "name": "東京都", "warnings": [{"code": "03", "status": "発表"}]}]}]},
    Format.HKO: {"WTCSGNL": {"name": "N", "code": "TC8", "actionCode": "ISSUE", "issueTime": _TIME}},
    Format.SIGMET: collection(feature({"firId": "F", "hazard": "VA", "rawSigmet": "MT K PSN N0100 E00200",
                                       "validTimeFrom": 1, "validTimeTo": 2}, _POINT)),
    Format.CZIB: [{"number": "CZIB-2024-07R2", "status": "active", "country": "Mali"}],
    Format.OREF: [{"alertDate": "2024-09-17 13:30:00", "title": "", "data": "K", "category": 1}],
    Format.WHO_DON: {"value": [{"DonId": "1", "Title": "Fever - Mali", "LastModified": _TIME, "Summary": "S"}]},
    Format.US_STATE: [{"Title": "Mali - Level 4: Do Not Travel", "Summary": "S", "Updated": _TIME}],
    Format.FCDO: {"links": {"children": [{"base_path": "/a/mali", "public_updated_at": _TIME, "title": "Mali",
                                          "details": {"change_description": "D", "country": {"name": "Mali"}}}]}},
    Format.AUSWAERTIGES_AMT: {"response": {"1": {"lastModified": 1, "countryCode": "ML", "warning": True}}},
    Format.CANADA: {"data": {"ML": {"country-iso": "ML", "advisory-state": 3, "date-published": {"timestamp": 1},
                                    "eng": {"name": "Mali", "url-slug": "mali"}}}},
}  # fmt: skip
