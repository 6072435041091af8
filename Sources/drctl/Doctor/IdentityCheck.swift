import AWS
import Failover

/// Who we are, in each Region.
struct IdentityCheck {
    var answers: [Region: Asked<GetCallerIdentity.Output>]
    var order: [Region]

    var findings: [Finding] {
        var accounts: Set<String> = []
        var findings: [Finding] = []
        for region in order {
            switch answers[region] {
            case .success(let identity):
                accounts.insert(identity.account)
                findings.append(.ok("identity \(region)", "account \(identity.account), \(identity.arn)"))
            case .failure(let error): findings.append(.fail("identity \(region)", error))
            case nil: continue
            }
        }
        if accounts.count > 1 {
            let all = accounts.sorted().joined(separator: ", ")
            findings.append(
                .fail(
                    "identity",
                    "the Regions name different accounts (\(all)): check aws.endpoints and the profile"))
        }
        return findings
    }
}
