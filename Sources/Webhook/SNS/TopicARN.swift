import AWS
import Failover

/// A Region's code, when it has the form of one.
func regionCode(_ text: String) -> Region? {
    text.wholeMatch(of: /[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]{1,2}/) == nil ? nil : Region(text)
}

/// `arn:aws:sns:eu-west-1:123456789012:name`, taken apart.
public struct TopicARN: Sendable, Hashable {
    public let text: String
    public let region: Region
    public let name: String

    /// Nil for anything that is not a topic's ARN, byte for byte as AWS writes it, in the partition that its
    /// Region belongs to.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 400, parts.count == 6, parts[0] == "arn", parts[2] == "sns",
            let region = regionCode(parts[3]), parts[1] == Partition.of(region: parts[3]).id,
            parts[4].wholeMatch(of: /[0-9]{12}/) != nil,
            parts[5].wholeMatch(of: /[A-Za-z0-9_-]{1,256}/) != nil
        else { return nil }
        self.text = text
        self.region = region
        name = parts[5]
    }
}
