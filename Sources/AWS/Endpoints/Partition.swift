/// A group of Regions with accounts, names and ARNs of its own. Source: botocore 1.43.127, `partitions.json`.
public struct Partition: Sendable, Hashable {
    /// As in ARNs: `aws`, `aws-cn`.
    public let id: String
    let regionPrefixes: [String]
    package let dnsSuffix: String
    let dualStackSuffix: String
    /// Where global services (Route 53) are signed for.
    let globalRegion: String

    static let commercial = Partition(
        id: "aws", regionPrefixes: [], dnsSuffix: "amazonaws.com", dualStackSuffix: "api.aws",
        globalRegion: "us-east-1")
    static let govCloud = Partition(
        id: "aws-us-gov", regionPrefixes: ["us-gov-"], dnsSuffix: "amazonaws.com",
        dualStackSuffix: "api.aws", globalRegion: "us-gov-west-1")
    static let china = Partition(
        id: "aws-cn", regionPrefixes: ["cn-"], dnsSuffix: "amazonaws.com.cn",
        dualStackSuffix: "api.amazonwebservices.com.cn", globalRegion: "cn-northwest-1")
    static let european = Partition(
        id: "aws-eusc", regionPrefixes: ["eusc-"], dnsSuffix: "amazonaws.eu",
        dualStackSuffix: "api.amazonwebservices.eu", globalRegion: "eusc-de-east-1")
    static let iso = Partition(
        id: "aws-iso", regionPrefixes: ["us-iso-"], dnsSuffix: "c2s.ic.gov",
        dualStackSuffix: "api.aws.ic.gov",
        globalRegion: "us-iso-east-1")
    static let isoB = Partition(
        id: "aws-iso-b", regionPrefixes: ["us-isob-"], dnsSuffix: "sc2s.sgov.gov",
        dualStackSuffix: "api.aws.scloud", globalRegion: "us-isob-east-1")
    static let isoE = Partition(
        id: "aws-iso-e", regionPrefixes: ["eu-isoe-"], dnsSuffix: "cloud.adc-e.uk",
        dualStackSuffix: "api.cloud-aws.adc-e.uk", globalRegion: "eu-isoe-west-1")
    static let isoF = Partition(
        id: "aws-iso-f", regionPrefixes: ["us-isof-"], dnsSuffix: "csp.hci.ic.gov",
        dualStackSuffix: "api.aws.hci.ic.gov", globalRegion: "us-isof-south-1")

    private static let special = [govCloud, china, european, iso, isoB, isoE, isoF]

    /// The partition of a Region, by the form of its name. A Region that nobody knows yet is a commercial
    /// one.
    public static func of(region: String) -> Partition {
        special.first { $0.regionPrefixes.contains { region.hasPrefix($0) } } ?? commercial
    }
}
