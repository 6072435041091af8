import Foundation
import Testing

@testable import Execution

/// A file with a secret, for as long as it is held.
final class SecretSample: Sendable {
    let path: String

    init(_ text: String, mode: Int = 0o600) throws {
        path = NSTemporaryDirectory() + "drctl-secret-\(UUID().uuidString)"
        let made = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        try #require(made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: SecretFile { SecretFile(path, credentials: nil) }
}

@Suite("The file of a secret") struct SecretTests {
    @Test("holds one line", arguments: [("word", "word"), ("word\n", "word"), ("word\r\n", "word")])
    func line(content: String, text: String) throws {
        let sample = try SecretSample(content)
        defer { withExtendedLifetime(sample) {} }
        #expect(try sample.file.read().text == text)
    }

    @Test(
        "is refused when it is empty, more than a line, or too long",
        arguments: [
            "", "\n", "one\ntwo\n", "nul\u{0}", String(repeating: "x", count: 5000),
        ])
    func contents(content: String) throws {
        let sample = try SecretSample(content)
        defer { withExtendedLifetime(sample) {} }
        #expect(sample.file.fault == "\(sample.path) must hold one line of at most 4096 bytes of UTF-8")
    }

    @Test("is refused when others can read it, change it, or when it is not there")
    func permissions() throws {
        for mode in [0o604, 0o602, 0o666] {
            let sample = try SecretSample("word", mode: mode)
            defer { withExtendedLifetime(sample) {} }
            let fault = sample.file.fault
            #expect(fault?.contains("can be read or changed by others") == true, "\(String(mode, radix: 8))")
        }
        #expect(SecretFile("/nowhere/at-all", credentials: nil).fault?.contains("cannot be read") == true)
        #expect(SecretFile("/dev/null", credentials: nil).fault == "/dev/null is not a file")
    }

    @Test("may be a credential of systemd's", arguments: ["%", "${CREDENTIALS_DIRECTORY}/%"])
    func credential(form: String) throws {
        let sample = try SecretSample("word")
        defer { withExtendedLifetime(sample) {} }
        let name = (sample.path as NSString).lastPathComponent
        let folder = (sample.path as NSString).deletingLastPathComponent
        let place = form.replacingOccurrences(of: "%", with: name)
        #expect(try SecretFile(place, credentials: folder).read().text == "word")
        #expect(SecretFile(place, credentials: nil).fault?.contains("no credential \(name)") == true)
    }
}
