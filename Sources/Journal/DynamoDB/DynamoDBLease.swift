import AWS
import Failover

/// The lease as one item, changed only on the condition that it still is what was seen.
public struct DynamoDBLease: LeaseStore {
    private let table: SharedTable
    private let options: CallOptions

    /// `terms`: an answer later than a third of the ttl is not waited for.
    public init(table: SharedTable, terms: LeaseTerms) {
        self.table = table
        options = CallOptions(
            connectTimeout: terms.patience / 2, attemptTimeout: terms.patience / 2, deadline: terms.patience,
            maxAttempts: 2)
    }

    public func read() async throws(JournalError) -> LeaseRecord? {
        let item: [String: AttributeValue]?
        do throws(AWSError) {
            item = try await table.call(
                GetItem(tableName: table.name, key: SharedTable.leaseKey), options: options)
        } catch {
            throw table.error(.lease, error, changes: false)
        }
        guard let item else { return nil }
        guard let record = LeaseRecord(item) else {
            let cause = JournalError.Cause.damaged(sequence: nil, detail: "the lease's item is not whole")
            throw JournalError(attempt: .lease, path: table.path, cause: cause)
        }
        return record
    }

    public func replace(_ expected: LeaseRecord?, with next: LeaseRecord) async throws(JournalError) -> Bool {
        var values = next.values
        var condition = "attribute_not_exists(pk)"
        if let expected {
            condition = "instance = :seenInstance AND epoch = :seenEpoch AND beat = :seenBeat"
            values[":seenInstance"] = .string(expected.instance)
            values[":seenEpoch"] = .number(expected.epoch)
            values[":seenBeat"] = .number(expected.beat)
        }
        let update = UpdateItem(
            tableName: table.name, key: SharedTable.leaseKey,
            updateExpression: "SET holder = :holder, instance = :instance, epoch = :epoch, beat = :beat, "
                + "ttlMilliseconds = :ttl, renewedAt = :renewedAt, isReleased = :isReleased",
            conditionExpression: condition, expressionAttributeValues: values)
        do throws(AWSError) {
            _ = try await table.call(update, options: options)
            return true
        } catch {
            // After an attempt without an answer the condition fails because of that attempt.
            if error.isConditionalCheckFailure, error.outcome == .notDone { return false }
            // An append checks the same item at the same moment, and is over in milliseconds: not done, says
            // DynamoDB. Whatever an earlier attempt did, the look that comes next sees it.
            if error.code == "TransactionConflictException" { return false }
            throw table.error(.lease, error, changes: true)
        }
    }
}

extension LeaseRecord {
    fileprivate var values: [String: AttributeValue] {
        [
            ":holder": .string(holder), ":instance": .string(instance), ":epoch": .number(epoch),
            ":beat": .number(beat), ":ttl": .number(String(ttl.milliseconds)),
            ":renewedAt": .string(renewedAt.description), ":isReleased": .bool(isReleased),
        ]
    }

    fileprivate init?(_ item: [String: AttributeValue]) {
        guard let holder = item["holder"]?.string, let instance = item["instance"]?.string,
            let epoch = item["epoch"]?.int, let beat = item["beat"]?.int,
            let ttl = item["ttlMilliseconds"]?.int, let renewed = item["renewedAt"]?.string,
            let renewedAt = Timestamp(renewed), case .bool(let isReleased)? = item["isReleased"]
        else { return nil }
        self.init(
            holder: holder, instance: instance, epoch: epoch, beat: beat, ttl: .milliseconds(ttl),
            renewedAt: renewedAt, isReleased: isReleased)
    }
}
