import Foundation
import Testing

@testable import Failover

/// An ordinary build must not hold the planted bugs, and there must be no way to ask for one.
@Suite struct PlantTests {
    @Test func noPlantIsActiveInAnOrdinaryBuild() {
        #expect(!Plant.areBuiltIn)
        #expect(Plant.allCases.allSatisfy { !planted($0) })
    }

    /// What chooses a plant is only there with the flag, and nothing sets the flag but the hunt.
    @Test func onlyTheHuntAsksForTheFlag() throws {
        let source = try text("Sources/Failover/Plants.swift")
        let flagged = try #require(source.range(of: "#if PLANTS"))
        let plain = try #require(source.range(of: "#else"))
        let choosing = try #require(source.range(of: "func choose("))
        #expect(flagged.upperBound < choosing.lowerBound && choosing.upperBound < plain.lowerBound)
        #expect(!(try text("Package.swift")).contains("PLANTS"))
        let asking = try text("Makefile").split(separator: "\n").filter { $0.contains("-DPLANTS") }
        #expect(asking.allSatisfy { $0.contains("--scratch-path") }, "it must not share a build: \(asking)")
    }

    private func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
