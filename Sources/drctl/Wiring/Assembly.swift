import AWS
import Settings
import Controller
import Execution
import Failover
import Foundation
import HTTPTransport
import Observers

/// Everything that the configuration asks for, built and joined. The only place where rooms meet.
struct Assembly: Sendable {
    let configuration: Configuration
    let clock: MachineClock
    let transport: CurlTransport
    let aws: AWSClient
    let calls: CallCounter
    let resolver: Resolver
    let watch: Watch
    let collector: Collector
    let probe: Probe
    private let restarts = Restarts()

    init(_ configuration: Configuration, clock: MachineClock = MachineClock()) throws {
        self.configuration = configuration
        self.clock = clock
        let environment = ProcessInfo.processInfo.environment
        transport = CurlTransport(
            configuration: .init(
                caBundlePath: configuration.aws.caBundle ?? environment["AWS_CA_BUNDLE"],
                proxy: .environment(ProxyEnvironment(of: environment)), userAgent: "drctl/\(Drctl.version)"))
        calls = CallCounter()
        aws = try Self.client(configuration, environment: environment, transport, calls, clock)
        resolver = Resolver(servers: configuration.controller.resolvers.compactMap(Resolver.Server.init))
        let context = ObserverContext(
            aws: aws, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
            metricPeriodSeconds: configuration.aws.metricPeriod, resolver: resolver,
            callOptions: Self.observing(configuration),
            // Within a round, so that a stalled server's answer is no rarer than its limit.
            sqlLimit: min(.seconds(5), max(.seconds(1), configuration.controller.pollInterval)),
            budget: CallBudget(configuration.controller.budget))
        watch = Watch(context: context)
        collector = Collector(context: context, interval: configuration.controller.pollInterval)
        probe = Probe(context: context)
    }

    /// Observing must never wait for longer than a round: an answer comes at once or the next round asks
    /// again.
    private static func observing(_ configuration: Configuration) -> CallOptions {
        let round = configuration.controller.pollInterval
        let attempt = min(configuration.aws.requestTimeout, max(.milliseconds(500), round / 3))
        return CallOptions(
            connectTimeout: min(configuration.aws.connectTimeout, attempt), attemptTimeout: attempt,
            deadline: max(.seconds(1), round - .milliseconds(round.milliseconds / 10)), maxAttempts: 2)
    }

    private static func client(
        _ configuration: Configuration, environment: [String: String], _ transport: CurlTransport,
        _ calls: CallCounter, _ clock: MachineClock
    ) throws -> AWSClient {
        let surroundings = Surroundings(
            now: { WallTime(unixSeconds: Date().timeIntervalSince1970) }, steady: { clock.elapsed() },
            sleep: { try await clock.sleep(for: $0) }, random: { Double.random(in: 0..<1) },
            environment: environment, readFile: { try String(contentsOfFile: $0, encoding: .utf8) },
            runCommand: { try await CommandRunner().run($0) })
        let profiles: ProfileStore
        do {
            profiles = try ProfileStore(surroundings, choosing: configuration.aws.profile)
        } catch { throw Failure(.usage, "\(error)") }
        let endpoints = EndpointResolver(settings(configuration, surroundings, profiles.chosen))
        let issuing = CredentialsIssuing(
            transport: transport, endpoints: endpoints, surroundings: surroundings,
            region: configuration.controller.region.rawValue,
            alternatives: configuration.workloads.flatMap {
                [$0.standbyRegion.rawValue, $0.primaryRegion.rawValue]
            }, sessionName: "drctl")
        var policy = RetryPolicy(surroundings, profile: profiles.chosen)
        policy.maxAttempts = configuration.aws.maxAttempts
        return AWSClient(
            transport: transport,
            credentials: CachingCredentialsProvider(
                StandardSource(issuing, choosing: configuration.aws.profile), surroundings: surroundings),
            endpoints: endpoints, surroundings: surroundings,
            policy: policy, observer: { calls.count($0) })
    }

    private static func settings(
        _ configuration: Configuration, _ surroundings: Surroundings, _ profile: Profile?
    ) -> EndpointSettings {
        var settings = EndpointSettings()
        // Most specific first, as configured: the last one to be set stands.
        for override in configuration.aws.endpoints.reversed() {
            let address = AWS.EndpointOverride(url: override.url)
            switch (override.service, override.region) {
            case (let service?, let region?):
                settings.byPlace[.init(service: service, region: region.rawValue)] = address
            case (let service?, nil): settings.byService[service] = address
            case (nil, let region?):
                for service in Service.all {
                    settings.byPlace[.init(service: service.id, region: region.rawValue)] = address
                }
            case (nil, nil):
                for service in Service.all { settings.byService[service.id] = address }
            }
        }
        settings.apply(surroundings, profile: profile)
        return settings
    }

    /// `mayAct` is asked right before every call that changes something.
    func executor(mayAct: @escaping @Sendable () async -> Bool) -> Executor {
        let (clock, resolver, probe) = (clock, resolver, probe)
        let writers = WriterProbe(probe, of: configuration.workloads)
        let round = configuration.controller.pollInterval
        return Executor(
            ExecutionContext(
                aws: aws, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
                pollEvery: min(.seconds(5), max(.milliseconds(200), round / 2)),
                settleTime: configuration.controller.settleTime,
                answersFor: { name in DNSView(of: await resolver.answers(for: name)) },
                knock: { endpoint in await probe.once(endpoint) },
                probe: { endpoint in await writers.once(endpoint) },
                through: { name, endpoint, writing in
                    await writers.through(name, to: endpoint, writing: writing)
                }, mayAct: mayAct, restarts: restarts))
    }
}

extension CallBudget {
    fileprivate init(_ settings: BudgetSettings) {
        self.init(callsPerSecond: settings.callsPerSecond, dollarsPerMonth: settings.dollarsPerMonth)
    }
}

extension DNSView {
    fileprivate init(of answer: DNSAnswer) {
        self.init(
            names: answer.chain.map(\.target), addresses: answer.addresses.map(\.text),
            failure: answer.failure.map { "\($0)" })
    }
}

extension ProxyEnvironment {
    init(of environment: [String: String]) {
        func value(_ name: String) -> String? {
            [environment[name.lowercased()], environment[name]].compactMap(\.self).first { !$0.isEmpty }
        }
        // Upper-case HTTP_PROXY is not read: a CGI could set it from a request's header (httpoxy).
        self.init(https: value("HTTPS_PROXY"), http: environment["http_proxy"], noProxy: value("NO_PROXY"))
    }
}
