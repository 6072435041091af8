import Foundation
import Testing

@testable import Failover

@Suite("The table of gates")
struct TableTests {
    @Test("has every gate once, kind by kind, and each says what it asks for")
    func table() {
        let ids = Gates.table.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.count <= 64, "a set of gates is 64 bits")
        #expect(Gates.table.allSatisfy { !$0.asks.isEmpty })
        let kinds = Gates.table.map(\.kind)
        #expect(kinds == Gate.Kind.allCases.flatMap { kind in kinds.filter { $0 == kind } })
    }

    @Test("every id is declared in one file, which also has its gate")
    func files() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Failover/Gates").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Gate.swift") && $0 != "Gate.swift" }
        #expect(files.count == Gates.table.count)
        let texts = try files.map {
            try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
        }
        for id in GateID.allCases {
            #expect(texts.filter { $0.contains("GateID = \"\(id)\"") }.count == 1, "\(id)")
        }
    }

    @Test("what a person cannot make true or safe, no verb alone passes over")
    func safety() {
        let free = Gates.table.filter { if case .byVerb = $0.override { true } else { false } }
        #expect(free.allSatisfy { $0.kind != .safe })
    }

    @Test("an id of another version is nobody's gate, and overrides nothing")
    func unknown() {
        #expect(GateSet([GateID("moon-phase")]).isEmpty)
        var world = LostRegionTests.confirmed([.shop(mode: .observe)])
        #expect(world.ask(.hold)?.isAccepted == true)
        #expect(world.ask(.failover, overriding: ["hold", "moon-phase"])?.isAccepted == false)
    }

    @Test("a gate tells what it was judged on: who was asked, from where, and when")
    func evidence() throws {
        let world = LostRegionTests.confirmed()
        let lag = try #require(world.gate(.lag))
        #expect(lag.kind == .safe)
        #expect(
            lag.evidence == [
                Testimony(
                    database: "orders", slot: .replication, source: "RDS API", vantage: "this host",
                    observedAt: world.now)
            ])
        #expect(world.gate(.mode)?.evidence == [])
        #expect(world.gate(.quorum)?.evidence?.count == 4)
    }

    @Test("a vote tells its source and vantage, and a kind that is not in use may only object")
    func votes() {
        var world = World([Workload.shop().with { $0.witnesses = [.route53, .replication] }])
        world.run(.seconds(20))
        #expect(world.vote(.route53)?.may == .trigger)
        #expect(world.vote(.route53)?.source == "RDS API")
        #expect(world.vote(.route53)?.vantage == "this host")
        #expect(world.vote(.probe)?.opinion == .alive)
        #expect(world.vote(.probe)?.may == .veto)
    }

    @Test("nothing that is kept or told is without its words, in any story")
    func words() {
        for story in Stories.all {
            for record in story().records {
                for assessment in record.event.assessments {
                    #expect(assessment.gates.allSatisfy { !$0.because.isEmpty })
                    #expect(assessment.databases.flatMap(\.votes).allSatisfy { !$0.because.isEmpty })
                    #expect(!assessment.sentence.isEmpty)
                }
            }
        }
    }
}

extension Event {
    fileprivate var assessments: [Assessment] {
        switch self {
        case .phaseChanged(_, _, _, let assessment), .assessed(let assessment): [assessment]
        default: []
        }
    }
}
