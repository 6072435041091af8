import Foundation

/// The outputs of one stack of the infrastructure program: flat, text to text. Its README explains each key,
/// and a test there holds them to the `config.yaml` that the program itself writes.
public struct StackOutputs: Sendable, Equatable {
    public var values: [String: String]

    /// - Throws: what is wrong with the text as outputs of a stack.
    public init(json: String) throws(OutputsError) {
        guard json.utf8.count <= SourceText.byteLimit else { throw OutputsError("is larger than 1 MiB") }
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(json.utf8), options: [.fragmentsAllowed])
        } catch {
            throw OutputsError("is not JSON; \(OutputsError.remedy)")
        }
        guard let object = parsed as? [String: Any] else {
            throw OutputsError("is not a JSON object of outputs; \(OutputsError.remedy)")
        }
        values = [:]
        for (key, value) in object {
            // Keys of others may be anything; what is ours is text.
            guard let text = value as? String else { continue }
            values[key] = text
        }
        let ours = Set(OutputKey.allCases.map(\.rawValue))
        guard !ours.isDisjoint(with: object.keys) else {
            throw OutputsError(
                "has none of the outputs that deploy/pulumi makes (\(OutputKey.workload.rawValue), "
                    + "\(OutputKey.primaryRegion.rawValue), ...): it is another program's; "
                    + OutputsError.remedy)
        }
        for key in OutputKey.allCases where object[key.rawValue] != nil && values[key.rawValue] == nil {
            throw OutputsError("has \(key.rawValue), which is not text; \(OutputsError.remedy)")
        }
        for key in OutputKey.allCases where values[key.rawValue] == "[secret]" {
            throw OutputsError(
                "hides \(key.rawValue); make it with --show-secrets, as a file that only you read")
        }
    }

    subscript(_ key: OutputKey) -> String? { values[key.rawValue].flatMap { $0.isEmpty ? nil : $0 } }

    func list(_ key: OutputKey) -> [String] {
        self[key]?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    }

    /// Every one of them, or which are missing.
    func required(_ keys: [OutputKey]) throws(OutputsError) {
        let missing = keys.filter { self[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else {
            throw OutputsError(
                "lacks \(missing.joined(separator: ", ")): the stack was made by another version of "
                    + "deploy/pulumi, or its deployment did not finish; run `pulumi up` with this one, then "
                    + OutputsError.remedy)
        }
    }
}

/// The keys that a configuration is made of. Systems have others, which speak of what drctl does not touch.
public enum OutputKey: String, CaseIterable, Sendable {
    case workload, primaryRegion, standbyRegion, hostRegion
    case databaseType, globalCluster, failoverMethod
    case primaryIdentifier, primaryEndpoint, standbyIdentifier, standbyEndpoint
    case healthCheck, fencingMethod, fencingSecurityGroups
    case sqlDatabase, sqlUser, sqlPasswordFile, sqlCaBundle
    case mode, witnesses, quorum, maximumDataLoss, recoveryTime, providerRecoveryLimit, promotionTimeout
    case capacityTimeout
    case lever, leverName, leverHealthCheck, leverNamespace, leverMetric, leverDimensions, leverZone
    case capacity, topics, hookSecretFile
}
