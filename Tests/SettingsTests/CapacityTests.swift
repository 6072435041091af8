import Failover
import Testing

@testable import Settings

@Suite("What grows in the standby Region")
struct CapacityTests {
    private static let web =
        "{ type: ecs-service, region: eu-west-1, cluster: shop, service: web, desired: 6 }"

    private static func sample(_ items: String...) throws -> String {
        let lines = items.map { "      - \($0)\\n" }.joined()
        return try Sample.edited("    traffic:", "    capacity:\\n\(lines)    traffic:")
    }

    @Test("is read in the order of the file, for both Regions")
    func values() throws {
        let text = try Self.sample(
            Self.web, Self.web.replacing("eu-west-1", with: "eu-central-1"),
            "{ type: auto-scaling-group, region: eu-west-1, group: shop.workers, desired: 4 }")
        let workload = try #require(Configuration.parse(text, file: "config.yaml").workloads.first)
        let service = Capacity.Resource.ecsService(cluster: "shop", service: "web")
        let workers = Capacity(
            region: "eu-west-1", resource: .autoScalingGroup(name: "shop.workers"), desired: 4)
        #expect(
            workload.capacity == [
                Capacity(region: "eu-west-1", resource: service, desired: 6),
                Capacity(region: "eu-central-1", resource: service, desired: 6), workers,
            ])
        #expect(workload.standbyCapacity.map(\.resource) == [service, workers.resource])
        #expect(try Sample.warnings(text) == [])
    }

    @Test("turns with the roles, and nothing else of it needs to change")
    func turned() throws {
        let text = try Self.sample(Self.web, Self.web.replacing("eu-west-1", with: "eu-central-1"))
        let turned = text.replacing("primary_region: eu-central-1", with: "primary_region: eu-west-1")
            .replacing("standby_region: eu-west-1", with: "standby_region: eu-central-1")
            .replacing("region: eu-west-1\nworkloads", with: "region: eu-north-1\nworkloads")
            .replacing("arn:aws:sns:eu-west-1", with: "arn:aws:sns:eu-central-1")
        let workload = try #require(Configuration.parse(turned, file: "config.yaml").workloads.first)
        #expect(workload.standbyCapacity.map(\.region) == ["eu-central-1"])
    }

    @Test("has five minutes unless the policy says otherwise")
    func time() throws {
        let standard = try #require(Configuration.parse(Sample.text, file: "").workloads.first)
        #expect(standard.policy.timeouts.capacity == .seconds(300))
        let text = try Sample.edited("quorum: 3", "quorum: 3\\n      timeouts: { capacity: 90s }")
        let hurried = try #require(Configuration.parse(text, file: "").workloads.first)
        #expect(hurried.policy.timeouts.capacity == .seconds(90))
        let off = text.replacing("capacity: 90s", with: "capacity: 0s")
        #expect(try Configuration.parse(off, file: "").workloads.first?.policy.timeouts.capacity == .zero)
    }

    @Test("a workload whose plan would be refused in the outage is refused now")
    func tooLarge() throws {
        let start = try #require(Sample.text.firstRange(of: "      main:\n")).lowerBound
        let end = try #require(Sample.text.firstRange(of: "    policy:\n")).lowerBound
        let block = String(Sample.text[start..<end])
        func problems(_ count: Int) -> [String] {
            let more = (1..<count).map { number in
                block.replacing("main:", with: "d\(number):").replacing(
                    "identifier: shop", with: "identifier: d\(number)"
                ).replacing("\"shop.db", with: "\"d\(number).db").replacing(
                    "\"replica.db", with: "\"r\(number).db")
            }
            let text = Sample.text.replacing(block, with: block + more.joined())
            return Sample.problems(text).filter { $0.contains("steps") }
        }
        #expect(problems(31) == [])
        #expect(
            problems(32) == [
                "4:3: workloads.shop: has 32 databases and 1 entries of traffic, which is a failover of 101 "
                    + "steps, and 100 is the most; make two workloads of it"
            ])
    }

    @Test(
        "one slip is one problem",
        arguments: [
            Slip(
                "desired: 6", "desired: 0",
                "20:87: workloads.shop.capacity[0].desired: is 0; use 1 to 5000"),
            Slip(
                ", desired: 6", "",
                "20:9: workloads.shop.capacity[0].desired: is missing; how many must run before clients "
                    + "come"),
            Slip(
                "cluster: shop", "cluster: arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
                "20:58: workloads.shop.capacity[0].cluster: is an ARN; write the name alone, its last part"),
            Slip(
                "desired: 6", "desired: 6, groupe: workers",
                "20:90: workloads.shop.capacity[0].groupe: is not a known key; did you mean group?"),
            Slip(
                "desired: 6", "desired: 6, group: workers",
                "20:90: workloads.shop.capacity[0].group: belongs to type auto-scaling-group; remove it"),
            Slip(
                "type: ecs-service", "type: ecs",
                "20:17: workloads.shop.capacity[0].type: is \"ecs\"; use ecs-service or auto-scaling-group"),
            Slip(
                "region: eu-west-1, cluster", "region: eu-north-1, cluster",
                "20:38: workloads.shop.capacity[0].region: is eu-north-1, which is neither the primary "
                    + "Region (eu-central-1) nor the standby Region (eu-west-1) of the workload"),
        ])
    func slips(slip: Slip) throws {
        let text = try Self.sample(Self.web.replacing(slip.old, with: slip.new))
        #expect(Sample.problems(text) == [slip.problem])
    }

    @Test("named twice is refused, and named for the primary Region alone is worth a warning")
    func together() throws {
        #expect(
            try Sample.problems(Self.sample(Self.web, Self.web.replacing("6", with: "4"))) == [
                "21:9: workloads.shop.capacity[1]: is workloads.shop.capacity[0] (line 20) once more; "
                    + "remove one of them"
            ])
        #expect(
            try Sample.warnings(Self.sample(Self.web.replacing("eu-west-1", with: "eu-central-1"))) == [
                "20:9: workloads.shop.capacity[0]: is in the primary Region, as all of capacity is: nothing "
                    + "grows in eu-west-1, where clients are led; name what serves them there"
            ])
    }
}
