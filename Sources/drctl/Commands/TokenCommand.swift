import ArgumentParser
import Foundation
import Server

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make a token for the API over TCP.",
        discussion: """
            Prints the token, which is stored nowhere and shown this once, and the line with its hash for \
            the file that api.tokens_file names.
            """)

    @Argument(help: "Whose: A-Z, a-z, 0-9 and ._- ; it stands in the journal beside what is asked for.")
    var name: String

    @Flag(help: "May act, not only read.")
    var act = false

    @Flag(help: "Print JSON (docs/json.md) instead of text.")
    var json = false

    private struct Answer: Encodable {
        var token: String
        var line: String
    }

    func run() throws {
        guard name.wholeMatch(of: /[A-Za-z0-9._-]{1,63}/) != nil else {
            throw Failure(.usage, "a token's name is 1 to 63 of A-Z, a-z, 0-9 and ._-")
        }
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        // Known by its prefix to whatever looks for leaked secrets.
        let token = "drctl_\(text)"
        let line = Tokens.line(name: name, act ? .act : .read, token: token)
        if json { return try printJSON(Answer(token: token, line: line)) }
        say("token, shown this once: \(token)\nline for the tokens file: \(line)")
    }
}
