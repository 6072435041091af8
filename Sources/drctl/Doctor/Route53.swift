import AWS
import Failover

/// Where Route 53 is asked, where its control plane is and where the metrics of its health checks are: one
/// Region of each partition.
enum Route53 {
    static func region(for region: Region) -> Region {
        switch Partition.of(region: region.rawValue).id {
        case "aws-us-gov": "us-gov-west-1"
        case "aws-cn": "cn-northwest-1"
        default: "us-east-1"
        }
    }
}
