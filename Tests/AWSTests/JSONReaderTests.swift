import Testing

@testable import AWS

@Suite("JSON")
struct JSONReaderTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONReader.parse(Array(text.utf8))
    }

    @Test("is read with its numbers as text and its members in order")
    func reads() throws {
        let text = #"""
             {"b":[1,-0.5e+3,12345678901234567890123456789012345678],
            "a":{"é":"\u00e9\ud83d\ude00\n\/"},"n":null,"t":true}
            """#
        let value = try parse(text)
        #expect(value.members?.map(\.name) == ["b", "a", "n", "t"])
        #expect(value["b"]?.array?.last == .number("12345678901234567890123456789012345678"))
        #expect(value["a"]?["é"]?.string == "é😀\n/")
        #expect(try parse(value.text) == value)
    }

    @Test(
        "that two readers could take differently, or that is none, is refused",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{a:1}",
            "{'a':1}", "01", "1.", ".5", "+1", "1e", "-", "NaN", "Infinity", "nul", "truex", "\"a", "\"\\x\"",
            "\"\\u12\"", "\"\\u+123\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\u{1}\"",
            "\"a\nb\"", "1 2", "[1 2]",
            "{\"a\" 1}", "<html>", "[] []", "\u{FEFF}{}",
        ])
    func refused(text: String) {
        #expect(throws: MalformedResponse.self) { try parse(text) }
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: MalformedResponse.self) { try JSONReader.parse([0x22, 0xFF, 0xFE, 0x22]) }
    }

    @Test("I6: depth is bounded", arguments: [JSONReader.maxDepth + 1, 20_000, 1_000_000])
    func depth(levels: Int) throws {
        let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(throws: MalformedResponse.self) { try parse(text) }
        let allowed = String(repeating: "[", count: 80) + String(repeating: "]", count: 80)
        _ = try parse(allowed)
    }

    @Test("a value with no type, two types or an unknown type is no attribute value")
    func attributeValues() throws {
        for text in ["{}", #"{"S":"a","N":"1"}"#, #"{"SS":["a"]}"#, #"{"S":1}"#, "[]", "null"] {
            #expect(throws: MalformedResponse.self) { try AttributeValue(try parse(text)) }
        }
    }
}
