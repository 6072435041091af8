import HTTPTransport
import Testing

@Suite("Headers")
struct HTTPHeadersTests {
    @Test("are found whatever the case of their name")
    func anyCase() {
        let headers: HTTPHeaders = [HTTPHeader("X-Amz-Date", "now")]
        #expect(headers.first("x-AMZ-date") == "now")
        #expect(headers.first("x-amz-dat") == nil)
        #expect(headers.contains("X-AMZ-DATE"))
    }

    @Test("of one name are all kept, in order")
    func repeated() {
        var headers: HTTPHeaders = [HTTPHeader("A", "1"), HTTPHeader("B", "2")]
        headers.append("a", "3")
        #expect(headers.all("A") == ["1", "3"])
        #expect(headers.map(\.name) == ["A", "B", "a"])
    }

    @Test("are replaced where the first of the name stood")
    func replaced() {
        var headers: HTTPHeaders = [HTTPHeader("A", "1"), HTTPHeader("B", "2"), HTTPHeader("a", "3")]
        headers.replace("a", with: "4")
        #expect(headers == [HTTPHeader("a", "4"), HTTPHeader("B", "2")])
        headers.replace("C", with: "5")
        #expect(headers.map(\.name) == ["a", "B", "C"])
        headers.remove("b")
        #expect(headers.count == 2)
    }

    @Test("outside ASCII differ: only letters of ASCII have a case")
    func asciiOnly() {
        let headers: HTTPHeaders = [HTTPHeader("\u{c4}", "1")]
        #expect(headers.first("\u{e4}") == nil)
    }
}
