import Testing

@testable import Settings

/// A small file in which everything is right, and ways to spoil it.
enum Sample {
    static let text = """
        controller:
          region: eu-west-1
        workloads:
          shop:
            primary_region: eu-central-1
            standby_region: eu-west-1
            databases:
              main:
                type: rds-replica
                primary: { identifier: shop, endpoint: "shop.db.example.com:5432" }
                standby: { identifier: shop-replica, endpoint: "replica.db.example.com:5432" }
                health_check: 11111111-2222-3333-4444-555555555555
                fencing: { method: quarantine, security_groups: [sg-0a1b2c3d] }
            policy:
              mode: approval
              witnesses: [route53, control-plane, replication, probe]
              quorum: 3
              maximum_data_loss: 5m
            traffic:
              - { lever: route53-record, database: main, zone: Z123, name: db.example.com }
            notifications:
              topics: ["arn:aws:sns:eu-west-1:111122223333:dr"]

        """

    /// `text` with each first text replaced by the second; several of them are divided by ` | ` on both
    /// sides.
    static func edited(_ old: String, _ new: String) throws -> String {
        var result = text
        let pairs = zip(
            old.split(separator: " | "), new.split(separator: " | ", omittingEmptySubsequences: false))
        for (old, new) in pairs {
            let old = old.replacing("\\n", with: "\n")
            let range = try #require(result.firstRange(of: old), "the sample has no \(old)")
            result.replaceSubrange(range, with: new.replacing("\\n", with: "\n"))
        }
        return result
    }

    /// `line:column: path: message` for each problem.
    static func problems(_ text: String) -> [String] {
        do {
            _ = try Configuration.parse(text, file: "config.yaml")
            return []
        } catch {
            return error.problems.map { String($0.description.dropFirst("config.yaml:".count)) }
        }
    }

    static func warnings(_ text: String) throws -> [String] {
        try Configuration.parse(text, file: "config.yaml").warnings.map {
            String($0.description.dropFirst("config.yaml:".count))
        }
    }
}
