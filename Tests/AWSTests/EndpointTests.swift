import Testing

@testable import AWS

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "every host is the one that AWS's own rule sets give", arguments: try Vectors.lines("endpoints.txt"))
    func ruleSets(line: String) throws {
        // service, Region, `fips` or -, `dual` or -, URL, signing Region
        let columns = line.split(separator: " ", maxSplits: 5).map(String.init)
        let service = try #require(Service.all.first { $0.id == columns[0] })
        let settings = EndpointSettings(useFIPS: columns[2] == "fips", useDualStack: columns[3] == "dual")
        let endpoint = try EndpointResolver(settings).endpoint(for: service, region: columns[1])
        #expect(endpoint.url == columns[4])
        #expect(endpoint.signingRegion == columns[5])
    }

    @Test("the nearest setting counts: place, service, environment for one, environment for all, profile")
    func precedence() throws {
        var settings = EndpointSettings(
            byPlace: [.init(service: "rds", region: "eu-west-1"): EndpointOverride(url: "http://place:1/")],
            byService: ["rds": EndpointOverride(url: "http://service:2")])
        let environment = [
            "AWS_ENDPOINT_URL_CLOUDWATCH": "http://one:3", "AWS_ENDPOINT_URL": "http://all:4",
            "AWS_ENDPOINT_URL_EC2": "",
        ]
        let profile = Profile(
            name: "p", values: ["endpoint_url": "http://profile:5"], serviceEndpoints: ["sns": "http://sns:6"]
        )
        settings.apply(VirtualClock().surroundings(environment: environment), profile: profile)
        let resolver = EndpointResolver(settings)
        #expect(try resolver.endpoint(for: .rds, region: "eu-west-1").url == "http://place:1")
        #expect(try resolver.endpoint(for: .rds, region: "eu-west-2").url == "http://service:2")
        #expect(try resolver.endpoint(for: .cloudWatch, region: "eu-west-1").url == "http://one:3")
        #expect(try resolver.endpoint(for: .ec2, region: "eu-west-1").url == "http://all:4")
        // The environment's address for all comes before the profile's for one.
        #expect(try resolver.endpoint(for: .sns, region: "eu-west-1").url == "http://all:4")
        #expect(try resolver.endpoint(for: .route53, region: "eu-west-1").signingRegion == "us-east-1")
    }

    @Test("the profile's addresses count when the environment has none")
    func profile() throws {
        let profile = Profile(
            name: "p", values: ["endpoint_url": "http://profile:5"],
            serviceEndpoints: ["route_53": "http://dns:6"])
        var settings = EndpointSettings()
        settings.apply(VirtualClock().surroundings(), profile: profile)
        let resolver = EndpointResolver(settings)
        #expect(try resolver.endpoint(for: .route53, region: "eu-west-1").url == "http://dns:6")
        #expect(try resolver.endpoint(for: .rds, region: "eu-west-1").url == "http://profile:5")
    }

    @Test("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS leaves only what was set explicitly")
    func ignored() throws {
        var settings = EndpointSettings(byService: ["rds": EndpointOverride(url: "http://service:2")])
        settings.apply(
            VirtualClock().surroundings(environment: [
                "AWS_ENDPOINT_URL": "http://all:4", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
            ]))
        let resolver = EndpointResolver(settings)
        #expect(try resolver.endpoint(for: .rds, region: "eu-west-1").url == "http://service:2")
        #expect(
            try resolver.endpoint(for: .sns, region: "eu-west-1").url == "https://sns.eu-west-1.amazonaws.com"
        )
    }

    @Test("a connection can go elsewhere while host and signature stay AWS's")
    func connectTo() throws {
        let settings = EndpointSettings(byService: ["rds": EndpointOverride(connectTo: "127.0.0.1:9")])
        let endpoint = try EndpointResolver(settings).endpoint(for: .rds, region: "eu-west-1")
        #expect(endpoint.url == "https://rds.eu-west-1.amazonaws.com")
        #expect(endpoint.connectTo == "127.0.0.1:9")
    }

    @Test(
        "a Region that is no host name label is refused: it could lead a signed request astray",
        arguments: [
            "", "eu-west-1.evil.example/", "EU-WEST-1", "eu west", "-a", "a@b",
            String(repeating: "a", count: 64),
        ])
    func badRegion(region: String) {
        #expect(throws: EndpointError.self) {
            try EndpointResolver().endpoint(for: .rds, region: region)
        }
    }

    @Test(
        "an override that is no URL is refused",
        arguments: ["", "localhost:5000", "ftp://x", "http://", "http://u:p@x", "http://x?y", "http://x#y"])
    func badOverride(url: String) {
        let settings = EndpointSettings(byService: ["rds": EndpointOverride(url: url)])
        #expect(throws: EndpointError.self) {
            try EndpointResolver(settings).endpoint(for: .rds, region: "eu-west-1")
        }
    }
}
