import Foundation
import Testing

@testable import Observers

@Suite struct `The file of a password` {
    /// The password, or what is wrong with the file.
    private func reading(_ text: String, mode: mode_t = 0o600) throws -> String {
        let path = NSTemporaryDirectory() + "/drctl-password-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try #require(chmod(path, mode) == 0)
        do throws(SQLPassword.Fault) {
            return try SQLPassword(file: path).text
        } catch {
            return error.text.replacing(path, with: "PATH")
        }
    }

    @Test func `It holds one line, whose end is no part of the password`() throws {
        #expect(try reading("secret\n") == "secret")
        #expect(try reading(" se cret \r\n") == " se cret ")
        #expect(try reading("secret") == "secret")
        #expect(try reading("\n") == "password_file PATH is empty")
        let shape = "password_file PATH is not one line of at most 1024 bytes of UTF-8"
        #expect(try reading("secret\nother\n") == shape)
        #expect(try reading(String(repeating: "x", count: 1025)) == shape)
    }

    @Test(arguments: [0o644, 0o604, 0o660, 0o622, 0o601] as [mode_t])
    func `Others must not be able to touch it`(mode: mode_t) throws {
        let shown = try reading("secret", mode: mode)
        #expect(
            shown
                == "password_file PATH can be read or changed by others (0\(String(mode, radix: 8))): make it "
                + "0600 and drctl's own, or 0640 and root's with drctl's group")
    }

    @Test func `A group may read what is root's, and nothing else`() throws {
        #expect((try reading("secret", mode: 0o640) == "secret") == (geteuid() == 0))
    }

    @Test func `A pipe in its place holds nobody up`() throws {
        let path = NSTemporaryDirectory() + "/drctl-pipe-\(UUID().uuidString)"
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(throws: SQLPassword.Fault(text: "password_file \(path) is not a file")) {
            try SQLPassword(file: path)
        }
    }
}
