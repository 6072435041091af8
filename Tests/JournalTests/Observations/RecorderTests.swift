import Failover
import Foundation
import Testing

@testable import Journal

@Suite struct RecorderTests {
    let folder: TemporaryFolder
    let bystander = Bystander()
    var path: String { folder.path("observations.db") }

    init() throws { folder = try TemporaryFolder() }

    @Test func aMinuteAtMostIsNotInTheFileYetAndAPhaseChangeLeavesNothingOut() throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for second in 0...119 { look(recorder, second) }
        let reader = try Recording.openReadOnly(path: path)
        let seen = try #require(try reader.sessions().first?.seenUntil)
        #expect(Watching.start + .seconds(119) - seen <= .seconds(60))
        recorder.hurry()
        #expect(try reader.all().count == 120)
        #expect(try reader.sessions().first?.seenUntil == Watching.start + .seconds(119))
    }

    @Test func aDiskThatHangsHoldsNobodyUpAndOneWriteWaitsForIt() throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        bystander.hang()
        for second in 0..<4000 { look(recorder, second) }
        #expect(bystander.work == 1)
        bystander.letGo()
        recorder.hurry()
        #expect(try Recording.openReadOnly(path: path).all().count == 4000)
    }

    @Test func whatDoesNotFitIntoTheInboxIsCounted() throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        bystander.hang()
        let many = Array(
            repeating: Watching.observation(Watching.silence("timed out"), at: Watching.start), count: 20_000)
        for second in 0..<4 { recorder.took(many, at: Watching.start + .seconds(second)) }
        bystander.letGo()
        recorder.hurry()
        #expect(try Recording.openReadOnly(path: path).sessions().first?.lost == 40_000)
    }

    @Test func aFolderThatIsMissingIsWarnedOfOnceAndTakenUpWhenItIsThere() throws {
        let place = folder.path("later/observations.db")
        let recorder = bystander.recorder(place)
        recorder.began(Watching.session)
        for second in 0..<600 { look(recorder, second) }
        #expect(bystander.warnings.count == 1)
        #expect(bystander.warnings[0].contains("later"))
        #expect(bystander.warnings[0].contains("decisions do not depend on it"))
        try FileManager.default.createDirectory(
            atPath: folder.path("later"), withIntermediateDirectories: false)
        recorder.hurry()
        #expect(bystander.warnings.count == 2)
        let recording = try Recording.openReadOnly(path: place)
        #expect(try recording.all().count == 600)
        #expect(try recording.sessions().first?.lost == 0)
    }

    @Test func theFileOfSomebodyElseIsLeftAlone() throws {
        let journal = try folder.open("observations.db")
        journal.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        look(recorder, 0)
        recorder.hurry()
        #expect(bystander.warnings.contains { $0.contains("not a recording") })
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func whatIsOlderThanItIsKeptIsTakenOut() throws {
        let recorder = bystander.recorder(path, keep: .seconds(3 * 3600))
        recorder.began(Watching.session)
        for minute in 0..<600 { look(recorder, 60 * minute) }
        recorder.hurry()
        let first = try #require(try Recording.openReadOnly(path: path).all().first)
        let age = Watching.start + .seconds(60 * 599) - first.at
        #expect(age <= .seconds(5 * 3600))
        #expect(age >= .seconds(3 * 3600))
    }

    @Test func theFileDoesNotGrowBeyondItsBound() throws {
        let bound: Int64 = 200_000
        let recorder = bystander.recorder(path, bytes: bound)
        recorder.began(Watching.session)
        // No two looks are alike: the worst that a source can do.
        for minute in 0..<6000 {
            let fact = Watching.silence("fault \(minute) of \(String(repeating: "word ", count: 20))")
            let now = Watching.start + .seconds(60 * minute)
            recorder.took([Watching.observation(fact, at: now)], at: now)
        }
        recorder.hurry()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
        #expect(try #require(size) <= bound + 100_000)
        let all = try Recording.openReadOnly(path: path).all()
        #expect(all.last?.at == Watching.start + .seconds(60 * 5999))
        #expect(all.count >= 180)
    }

    @Test(arguments: [
        "UPDATE block SET body = substr(body, 1, length(body) - 1)",
        "UPDATE block SET observations = observations + 1", "DELETE FROM template",
        "UPDATE template SET body = replace(body, 'timed', 'tamed')",
    ])
    func whatSomebodyChangedIsFound(sql: String) throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for second in 0..<10 { look(recorder, second) }
        recorder.hurry()
        try folder.tamper("observations.db", sql)
        let recording = try Recording.openReadOnly(path: path)
        #expect {
            _ = try recording.all()
        } throws: { error in
            guard case .damaged(let near, _)? = (error as? RecordingError)?.cause else { return false }
            return near?.contains("orders") == true
        }
    }

    @Test func bytesOfAnyContentEitherReadOrAreRefused() throws {
        var block = Block(workload: "orders", at: Watching.start)
        for round in 0..<30 {
            let now = Watching.start + .seconds(10 * round)
            for batch in Watching.healthy(at: now, tripMilliseconds: 9) { try block.take(batch, at: now) }
        }
        let bytes = block.bytes
        var read = 0
        for place in bytes.indices {
            for value in [UInt8(0), 1, 0x7f, 0x80, 0xff] {
                var damaged = bytes
                damaged[place] = value
                if (try? PackedBlock(damaged, first: Watching.start)) != nil { read += 1 }
            }
            #expect(throws: ByteReader.Damage.self) {
                try PackedBlock(Array(bytes[..<place]), first: Watching.start)
            }
        }
        #expect(read < 5 * bytes.count)
    }

    private func look(_ recorder: ObservationRecorder, _ second: Int) {
        let now = Watching.start + .seconds(second)
        recorder.took([Watching.observation(Watching.silence("timed out"), at: now)], at: now)
    }
}
