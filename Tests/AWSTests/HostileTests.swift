import Foundation
import Testing

@testable import AWS

@Suite("Broken documents")
struct HostileTests {
    /// Hundreds of mutations of real answers, and what a parser of another make says of each.
    @Test(
        "are refused where another parser refuses them, and read where it reads them",
        arguments: ["xml", "json"])
    func sameVerdict(kind: String) throws {
        let cases = try Vectors.cases("hostile.json").filter { $0["kind"]?.string == kind }
        #expect(cases.count >= 300)
        for recorded in cases {
            let name = try #require(recorded["case"]?.string)
            let body = try #require(recorded["body"]?.string.flatMap { Data(base64Encoded: $0) })
            let isRead =
                kind == "xml"
                ? (try? XMLDocument.parse(Array(body))) != nil
                : (try? JSONReader.parse(Array(body))) != nil
            // Where parsers may differ, it is enough to come back.
            guard let expected = recorded["good"]?.bool else { continue }
            #expect(isRead == expected, "\(name): \(String(decoding: body.prefix(300), as: UTF8.self))")
        }
    }

    /// Whatever comes as an error document, the call ends in an error that says so, and never in an output.
    @Test("as error answers end in an error", arguments: [400, 403, 404, 500, 503])
    func asFaults(status: Int) async throws {
        let cases = try Vectors.cases("hostile.json")
        let bodies = cases.compactMap { $0["body"]?.string.flatMap { Data(base64Encoded: $0) } }
        for body in bodies {
            let response = OperationResponse(status: status, body: Array(body)) { _ in nil }
            for fault in [XMLFault.read(response), JSONFault.read(response)] {
                guard let fault else { continue }
                #expect(!fault.code.isEmpty)
            }
        }
        #expect(bodies.count == cases.count)
    }
}
