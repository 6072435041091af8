import Foundation
import Testing

/// In two processes: each seeds its hashes anew, so that whatever follows the order of a dictionary shows.
@Suite struct DeterminismTests {
    @Test(arguments: [21, 22, 23, 24] as [UInt64])
    func oneSeedHasOneLogInEveryProcess(seed: UInt64) throws {
        let (one, other) = (try log(of: seed), try log(of: seed))
        #expect(one.count > 1000, "the log of a run of many minutes")
        #expect(one == other)
    }

    private func log(of seed: UInt64) throws -> Data {
        // Built beside the tests.
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent()
            .appendingPathComponent("drctl-simulate")
        process.arguments = ["--from", "\(seed)", "--log"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }
}
