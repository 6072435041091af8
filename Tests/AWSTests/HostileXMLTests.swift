import Testing

@testable import AWS

@Suite("Hostile XML")
struct HostileXMLTests {
    private static let bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY c \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><b>&d;</b>"

    static let documents: [String: String] = [
        "a document type": "<!DOCTYPE x><x/>",
        "an entity bomb": bomb,
        "an external entity": "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
        "an entity of HTML": "<x>&nbsp;</x>",
        "20,000 levels": String(repeating: "<x>", count: 20_000) + String(repeating: "</x>", count: 20_000),
        "levels without end": String(repeating: "<x>", count: 20_000),
        "one level too many": nested(XMLDocument.maxDepth + 1),
        "a cut": "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInst",
        "HTML": "<html><body><p>503<br></body></html>",
        "nothing": "",
        "white space": " \n ",
        "plain text": "upstream connect error",
        "two roots": "<a/><b/>",
        "a NUL": "<a>\u{0}</a>",
        "JSON": "{\"a\":1}",
        "an attribute twice": "<a b=\"1\" b=\"2\"/>",
        "a wrong end": "<a><b></a></b>",
    ]

    static func nested(_ depth: Int) -> String {
        String(repeating: "<x>", count: depth) + String(repeating: "</x>", count: depth)
    }

    @Test("I6: is refused", arguments: documents.keys.sorted())
    func refused(name: String) throws {
        let text = try #require(Self.documents[name])
        #expect(throws: MalformedResponse.self) { try XMLDocument.parse(Array(text.utf8)) }
    }

    @Test("the deepest allowed document, the five entities, character references and CDATA are read")
    func allowed() throws {
        _ = try XMLDocument.parse(Array(Self.nested(XMLDocument.maxDepth).utf8))
        let text = "<a>&lt;&gt;&amp;&apos;&quot;&#233;&#x1F600;<![CDATA[<&>]]> é</a>"
        #expect(try XMLDocument.parse(Array(text.utf8)).text == "<>&'\"é😀<&> é")
        let longText = String(repeating: "x", count: 100_000)
        #expect(try XMLDocument.parse(Array("<a>\(longText)</a>".utf8)).text == longText)
    }

    @Test("I6: too many elements and too many bytes are refused")
    func bounded() {
        let elements = "<a>" + String(repeating: "<b/>", count: XMLDocument.maxElements) + "</a>"
        #expect(throws: MalformedResponse.self) { try XMLDocument.parse(Array(elements.utf8)) }
        let bytes = [UInt8](repeating: 0x20, count: XMLDocument.maxBytes + 1)
        #expect(throws: MalformedResponse.self) { try XMLDocument.parse(bytes) }
    }

    @Test("another operation's answer is not taken for this one's")
    func wrongRoot() {
        let text = "<DescribeDBClustersResponse/>"
        let response = OperationResponse(status: 200, body: Array(text.utf8)) { _ in nil }
        #expect(throws: MalformedResponse.self) { try DescribeDBInstances.output(from: response) }
    }

    @Test(
        "a member of the wrong kind is an error, not a default",
        arguments: ["", "many", "1.5", "1e3", "0x10"])
    func wrongKind(value: String) throws {
        let text = "<a><n>\(value)</n></a>"
        let element = try XMLDocument.parse(Array(text.utf8))
        #expect(throws: MalformedResponse.self) { try element.int("n") }
        #expect(throws: MalformedResponse.self) { try element.bool("n") }
        #expect(throws: MalformedResponse.self) { try element.time("n") }
    }

    @Test("whatever is cut off a good answer, what is left is refused")
    func everyCut() throws {
        let recorded = try #require(
            try Vectors.cases("responses.json").first { $0["case"]?.string == "idle global clusters" })
        let body = Array(try #require(recorded["body"]?.string).utf8)
        for length in 0..<(body.count - 1) {
            #expect(throws: MalformedResponse.self) { try XMLDocument.parse(Array(body[..<length])) }
        }
    }
}
