import AWS
import Failover

/// Where SNS says that its certificate is, once that is known to be the SNS of the topic's own Region. What
/// is not exactly of this form is refused before anything is fetched: the address comes from a stranger.
public struct SigningCertificateURL: Sendable, Hashable {
    public let text: String
    public let region: Region

    /// Nil for another scheme, host, port or user, for a query, for a folder, and for other files than PEM.
    public init?(_ text: String, in region: Region) {
        let partition = Partition.of(region: region.rawValue)
        let prefix = "https://sns.\(region.rawValue).\(partition.dnsSuffix)/"
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        let file = text.utf8.dropFirst(prefix.utf8.count)
        guard let name = String(file), name.wholeMatch(of: /[A-Za-z0-9_-]{1,128}\.pem/) != nil else {
            return nil
        }
        self.text = text
        self.region = region
    }

    /// The names of which the certificate must have one. Source: AWS's SDK for Java, `SnsHostProvider`; and
    /// in the partition aws, where Regions that have to be enabled have a certificate of their own, the
    /// Region's own name as an alternative, so that a new Region needs no new drctl.
    var certificateNames: [String] {
        let region = region.rawValue
        let partition = Partition.of(region: region)
        return switch partition.id {
        case "aws": ["sns.amazonaws.com", "sns-signing.\(region).amazonaws.com"]
        case "aws-cn": ["sns-\(region).amazonaws.com.cn"]
        case "aws-us-gov": ["sns-us-gov-west-1.amazonaws.com"]
        case "aws-iso", "aws-iso-b": ["sns-\(region).\(partition.dnsSuffix)"]
        default: ["sns-signing.\(region).\(partition.dnsSuffix)"]
        }
    }
}
