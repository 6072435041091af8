import Foundation
import HTTPTransport

@testable import AWS

/// `Vectors/issuers.py` in a process of its own, which ends with this one.
///
/// `@unchecked Sendable`: nothing is changed after `init`.
final class IssuerServer: @unchecked Sendable {
    private let process = Process()
    /// The server lives until this end is closed.
    private let lifeline = Pipe()
    let url: String

    init() throws {
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", try Vectors.file("issuers.py").path]
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw NoSuchFile() }
            line += more
        }
        url = "http://127.0.0.1:\(String(decoding: line.dropLast(), as: UTF8.self))"
    }

    /// What a program finds that is started in this environment, with these files at home.
    func find(
        _ environment: [String: String], files: [String: String], profile: String?
    ) async throws -> Credentials? {
        let home = "/home/somebody"
        func filled(_ text: String) -> String {
            text.replacingOccurrences(of: "{url}", with: url).replacingOccurrences(of: "{dir}", with: home)
        }
        var variables = [
            "HOME": home, "AWS_ENDPOINT_URL_STS": "\(url)/sts", "AWS_ENDPOINT_URL_SSO": "\(url)/sso",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9",
            // A busy machine takes longer than the second that an instance is given.
            "AWS_METADATA_SERVICE_TIMEOUT": "5",
        ]
        if files.values.contains(where: { $0.contains("ec2_metadata_service_endpoint") }) {
            variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = nil
        }
        variables.merge(environment.mapValues(filled)) { $1 }
        let texts = Dictionary(uniqueKeysWithValues: files.map { ("\(home)/\($0)", filled($1)) })
        var surroundings = VirtualClock().surroundings(environment: variables, files: texts)
        surroundings.runCommand = Self.run
        var settings = EndpointSettings()
        settings.apply(surroundings)
        let issuing = CredentialsIssuing(
            transport: CurlTransport(), endpoints: EndpointResolver(settings), surroundings: surroundings,
            region: "eu-west-1")
        return try await StandardSource(issuing, choosing: profile).load()
    }

    @Sendable private static func run(_ words: [String]) async throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        let status: Int32 = try await withCheckedThrowingContinuation { waiting in
            process.terminationHandler = { waiting.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                waiting.resume(throwing: error)
            }
        }
        // What these commands print fits into the pipe.
        return CommandResult(
            status: status, output: Array(try pipe.fileHandleForReading.readToEnd() ?? Data()))
    }
}
