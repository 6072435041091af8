import Foundation
import Testing

@testable import Settings

@Suite("Loading a file")
struct LoadTests {
    private func problems(_ bytes: Data) throws -> [String] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "drctl-\(UUID().uuidString).yaml")
        try bytes.write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        do {
            _ = try Configuration.load(path: path.path)
            return []
        } catch {
            return error.problems.map { "\($0.line):\($0.column): \($0.message)" }
        }
    }

    @Test("reads what was written")
    func reads() throws {
        #expect(try problems(Data(Sample.text.utf8)) == [])
    }

    @Test("a file that is not UTF-8 is refused with the place")
    func encoding() throws {
        var bytes = Data("# é is fine\n# but not ".utf8)
        bytes.append(0xE9)
        #expect(try problems(bytes) == ["2:11: is not UTF-8; save the file in that encoding"])
    }

    @Test("UTF-16 is refused")
    func utf16() throws {
        let bytes = try #require(Sample.text.data(using: .utf16))
        #expect(try problems(bytes) == ["1:1: is not UTF-8; save the file in that encoding"])
    }

    @Test("a file of more than 1 MiB is refused, and one of just that size is read")
    func size() throws {
        let rest = SourceText.byteLimit - Sample.text.utf8.count - 1
        let full = Sample.text + "#" + String(repeating: "x", count: rest)
        #expect(try problems(Data(full.utf8)) == [])
        #expect(try problems(Data((full + "x").utf8)) == ["1:1: is larger than 1 MiB"])
    }

    @Test("a device without an end is not read to its end")
    func endless() {
        let error = #expect(throws: ConfigurationErrors.self) {
            _ = try Configuration.load(path: "/dev/zero")
        }
        #expect(error?.problems.map(\.message) == ["is larger than 1 MiB"])
    }

    @Test("a file that is not there is named", arguments: ["/nowhere/config.yaml", "/"])
    func missing(path: String) throws {
        let error = #expect(throws: ConfigurationErrors.self) { _ = try Configuration.load(path: path) }
        let problem = try #require(error?.problems.first)
        #expect(problem.file == path)
        #expect(problem.message.hasPrefix("cannot be read: "))
        #expect(error?.description.hasPrefix("\(path):1:1: cannot be read: ") == true)
    }
}
