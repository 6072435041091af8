import Failover

/// The forms of Amazon resource names, and which partition a Region is in.
extension Shapes {
    /// Source: botocore, `partitions.json`. A Region that nobody knows yet is a commercial one.
    static func partition(of region: Region) -> String {
        let special = [
            ("us-gov-", "aws-us-gov"), ("cn-", "aws-cn"), ("eusc-", "aws-eusc"), ("us-isob-", "aws-iso-b"),
            ("us-isof-", "aws-iso-f"), ("eu-isoe-", "aws-iso-e"), ("us-iso-", "aws-iso"),
        ]
        return special.first { region.rawValue.hasPrefix($0.0) }?.1 ?? "aws"
    }

    /// `arn:aws:sns:<Region>:<account>:<name>`, a standard topic.
    static func topic(_ text: String) throws(Refusal) -> Topic {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(
            String.init)
        let form = "arn:aws:sns:<Region>:<12 digit account>:<name>"
        guard parts.count == 6, parts[0] == "arn" else { throw Refusal("is \(shown(text)); write \(form)") }
        guard parts[2] == "sns" else {
            throw Refusal("is \(shown(text)), an ARN of \(shown(parts[2])); write a topic's, \(form)")
        }
        let region = try region(parts[3])
        guard parts[1] == partition(of: region) else {
            throw Refusal(
                "has the partition \(shown(parts[1])); \(region) is in \(partition(of: region)), write arn:"
                    + partition(of: region) + ":…")
        }
        guard parts[4].wholeMatch(of: /[0-9]{12}/) != nil else {
            throw Refusal("has the account \(shown(parts[4])); write its 12 digits")
        }
        if parts[5].hasSuffix(".fifo") {
            throw Refusal(
                "is a FIFO topic, which reaches queues only and no person; write a standard topic's")
        }
        guard parts[5].wholeMatch(of: /[A-Za-z0-9_-]{1,256}/) != nil else {
            throw Refusal("has the name \(shown(parts[5])); use 1 to 256 of letters, digits, - and _")
        }
        return Topic(region: region, arn: text)
    }
}
