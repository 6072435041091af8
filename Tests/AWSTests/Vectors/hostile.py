#!/usr/bin/env python3
"""Writes hostile.json: documents as AWS sends them, broken in hundreds of ways, each with the verdict of a parser
of another make: expat for XML (and no DTD), Python's json for JSON (and no name twice).

    python3 hostile.py

The same seed always writes the same bytes. Found crashes and disagreements belong into SPECIAL_*.
"""

import base64
import json
import pathlib
import random
import xml.parsers.expat

HERE = pathlib.Path(__file__).parent
EACH = 320

XML = [
    b'<R xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeResult><Marker/><DBInstances><DBInstance>'
    b"<Status>available</Status><Port>5432</Port></DBInstance></DBInstances></DescribeResult></R>",
    b"<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate &amp; &#60;quota&gt;"
    b"</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
    b'<?xml version="1.0"?>\n<a><!-- c --><b x=\'1\' y="2">t<![CDATA[<&>]]></b><?pi d?>\xc3\xa9\xf0\x9f\x98\x80</a>',
    b'<s:E xmlns:s="urn:s" xmlns="urn:d"><s:B a="1" s:a="2"><c>1</c><c>2</c></s:B></s:E>',
]
JSON = [
    b'{"Item":{"pk":{"S":"controller"},"epoch":{"N":"12"},"live":{"BOOL":true},"past":{"L":[{"NULL":true}]}}}',
    b'{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The \\"thing\\" failed"}',
    b'[0,-1,1.5,2e10,-0.25E-3,true,false,null,"\\u00e9\\ud83d\\ude00\\n\\/","\xc3\xa9",[],{},[[[]]],{"a":{"b":{}}}]',
]
PIECES = {
    "xml": [
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<!DOCTYPE a>",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
        b"&x;",
        b"&#0;",
        b"&#x10FFFF;",
        b"&#xFFFE;",
        b"&lt;",
        b"<!--",
        b"-->",
        b"--",
        b"<![CDATA[",
        b"<?",
        b"?>",
        b"</",
        b"/>",
        b"\x00",
        b"\x0b",
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xef\xbf\xbe",
        b"<a>",
        b"</a>",
        b"x:",
        b"=",
        b"'",
        b'"',
        b" ",
        b"<a/>",
    ],
    "json": [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"\\",
        b"\\u",
        b"\\ud800",
        b"\\u0000",
        b"0",
        b"-",
        b".",
        b"e",
        b"+",
        b"NaN",
        b"Infinity",
        b"nul",
        b"//",
        b"/**/",
        b"'",
        b"\x00",
        b"\x1f",
        b"\x0b",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
        b'"pk":1,',
        b" ",
        b"\n",
        b"01",
        b"0x1",
        b"1e999",
    ],
}
SPECIAL_XML = [
    (b"", False),
    (b" ", False),
    (b"<a/>", True),
    (b"<a/><b/>", False),
    (b"<a>", False),
    (b"</a>", False),
    (b"text", False),
    (b"<html><body>503 Service Unavailable<br></body></html>", False),
    (b"<a/>\n<!-- end -->", True),
    (b"<a/>x", False),
    (b"\xef\xbb\xbf<a/>", True),
    (b"<a b='1' b='2'/>", False),
    (b"<p:a/>", True),
    (b"<a>" * 600 + b"</a>" * 600, False),
    (b"<" + b"a" * 3000 + b"/>", None),
    (b"<a>" + b"&amp;" * 2000 + b"</a>", True),
    (b"<a " + b" ".join(b"x%d='1'" % n for n in range(300)) + b"/>", None),
    (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", False),
    (b"<!DOCTYPE a><a/>", False),
    (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1/'>]><a>&b;</a>", False),
    (b"<a>&nbsp;</a>", False),
]
SPECIAL_JSON = [
    (b"", False),
    (b" ", False),
    (b"null", True),
    (b"[" * 3000, False),
    (b'{"a":' * 3000, False),
    (b"[" * 70 + b"]" * 70, True),
    (b"[" * 90 + b"]" * 90, False),
    (b'"\\ud800"', False),
    (b'"\\udc00\\ud800"', False),
    (b'"\\ud83d\\ude00"', True),
    (b'{"a":1,"a":1}', False),
    (b'{"a":1,"\\u0061":1}', False),
    (b"\xef\xbb\xbf{}", False),
    (b"<html></html>", False),
    (b"1" * 2000, True),
    (b"1e" + b"9" * 1000, True),
    (b'"' + b"a" * 3000, False),
    (b'{"a":{"a":1}}', True),
    (b"[1]]", False),
    (b'{"":1}', True),
    (b"\xff\xfe{\x00}\x00", False),
    (b"[1\x0c]", False),
]


def mutate(chance, document, pieces):
    data = bytearray(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 1, 2, 5, 12)))
        kind = chance.randrange(6)
        if kind == 0:
            del data[start:end]
        elif kind == 1:
            data[start:start] = chance.choice(pieces)
        elif kind == 2:
            data[start:end] = chance.choice(pieces)
        elif kind == 3:
            data[start:start] = data[start:end]
        elif kind == 4:
            del data[start:]
        elif data:
            data[start % len(data)] = chance.randrange(256)
        if not data:
            break
    return bytes(data)


class Refused(Exception):
    pass


def xml_verdict(data):
    def refuse(*_):
        raise Refused

    # Without namespaces, which nothing here reads.
    parser = xml.parsers.expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return True
    except (Refused, xml.parsers.expat.ExpatError):
        return False


def json_verdict(data):
    def pairs(items):
        if len({name for name, _ in items}) != len(items):
            raise ValueError
        return dict(items)

    def refuse(_):
        raise ValueError

    try:
        text = data.decode("utf-8")
        json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)
        # Half a surrogate pair is a disagreement between readers, so that nothing is taken from it.
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
        return True
    except (ValueError, RecursionError):
        return False


def main():
    chance = random.Random(20260102)
    cases = []
    for kind, documents, special, verdict in (
        ("xml", XML, SPECIAL_XML, xml_verdict),
        ("json", JSON, SPECIAL_JSON, json_verdict),
    ):
        for number, document in enumerate(documents):
            assert verdict(document), document
        found = [(f"{kind}, special {number}", *pair) for number, pair in enumerate(special)]
        while len(found) < EACH:
            data = mutate(chance, chance.choice(documents), PIECES[kind])
            found.append((f"{kind}, mutation {len(found)}", data, verdict(data)))
        for name, data, good in found:
            cases.append({"case": name, "kind": kind, "body": base64.b64encode(data).decode(), "good": good})
        print(kind, len(found), sum(bool(good) for _, _, good in found), "good")
    text = ",\n".join(json.dumps(case, sort_keys=True) for case in cases)
    (HERE / "hostile.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    main()
