import Testing

@testable import AWS

@Suite("Who hears an alarm")
struct AlarmAudienceTests {
    private static func metric(_ name: String, tells: Bool? = nil) -> DescribeAlarms.Alarm {
        var alarm = MetricAlarm()
        (alarm.alarmName, alarm.actionsEnabled) = (name, tells)
        return .metric(alarm)
    }

    private static func composite(
        _ name: String, _ rule: String?, tells: Bool? = nil
    ) -> DescribeAlarms.Alarm {
        var alarm = CompositeAlarm()
        (alarm.alarmName, alarm.alarmRule, alarm.actionsEnabled) = (name, rule, tells)
        return .composite(alarm)
    }

    @Test("whose own actions are on, or that a composite alarm with actions rests on, at any depth")
    func heard() {
        let audience = AlarmAudience([
            Self.metric("loud"), Self.metric("quiet", tells: false), Self.metric("below", tells: false),
            Self.metric("deeper", tells: false), Self.metric("unused", tells: false),
            Self.composite("top", "ALARM(below) OR ALARM(middle)", tells: true),
            Self.composite("middle", "OK(deeper)", tells: false),
            Self.composite("mute", "ALARM(unused)", tells: false),
        ])
        #expect(audience.heard == ["loud", "below", "deeper"])
        #expect(audience.tellers == [.init(name: "top", rests: ["below", "deeper"])])
        #expect(audience.alarms.count == 5 && audience.unread.isEmpty)
    }

    @Test("a rule that is switched off tells of nothing")
    func off() {
        let audience = AlarmAudience([
            Self.metric("below", tells: false), Self.composite("off", "ALARM(below) AND FALSE"),
        ])
        #expect(audience.heard.isEmpty)
        #expect(audience.tellers == [.init(name: "off", rests: [])])
    }

    @Test("composite alarms that rest on each other come to an end")
    func circle() {
        let audience = AlarmAudience([
            Self.metric("end", tells: false), Self.composite("one", "ALARM(two)"),
            Self.composite("two", "ALARM(one) OR ALARM(two) OR ALARM(end)", tells: false),
        ])
        #expect(audience.tellers == [.init(name: "one", rests: ["end"])])
        #expect(audience.heard == ["end"])
    }

    @Test("a rule that is not understood, or is not there, is named")
    func unread() {
        let audience = AlarmAudience([
            Self.metric("below", tells: false), Self.composite("odd", "MOST(below)"),
            Self.composite("bare", nil, tells: false), Self.composite("over", "ALARM(odd)"),
        ])
        #expect(audience.unread.map(\.alarmName) == ["bare", "odd"])
        #expect(audience.heard.isEmpty)
    }
}

@Suite("What an alarm looks at")
struct MetricSourceTests {
    @Test("its own metric, or every one that it is made of")
    func sources() throws {
        let recorded = try #require(
            try Vectors.cases("responses.json").first {
                $0["case"]?.string == "alarms on expressions and on alarms"
            })
        let body = Array(try #require(recorded["body"]?.string).utf8)
        let page = try DescribeAlarms.output(from: OperationResponse(status: 200, body: body) { _ in nil })
        #expect(page.nextToken == "next" && page.compositeAlarms.map(\.alarmName) == ["orders: all"])
        #expect(AlarmRule(page.compositeAlarms[0].alarmRule ?? "")?.names == ["orders, math", "band", "sql"])

        let math = page.metricAlarms[0].sources
        let instance = Dimension(name: "DBInstanceIdentifier", value: "orders")
        let latency = Metric(namespace: "AWS/RDS", metricName: "ReadLatency", dimensions: [instance])
        let requests = Metric(namespace: "Shop", metricName: "Requests")
        #expect(math == [MetricSource(metric: latency), MetricSource(metric: requests)])
        #expect(page.metricAlarms[1].sources == [])
        let fleet = Metric(namespace: "AWS/RDS", metricName: "CPUUtilization")
        #expect(page.metricAlarms[2].sources == [MetricSource(metric: fleet, isOpen: true)])

        var simple = MetricAlarm()
        (simple.namespace, simple.metricName, simple.dimensions) = ("AWS/RDS", "ReadLatency", [instance])
        #expect(simple.sources == [MetricSource(metric: latency)])
    }

    @Test(
        "the conditions of a query",
        arguments: [
            (
                "SELECT AVG(CPUUtilization) FROM \"AWS/RDS\" WHERE DBInstanceIdentifier = 'a' AND x != 'b'",
                ["a"], false
            ),
            (
                "select max(\"CPUUtilization\") from schema( \"AWS/RDS\", A, B ) where \"A\"='a' group by B",
                ["a"], false
            ),
            ("SELECT MIN(CPUUtilization)\nFROM SCHEMA(\"AWS/RDS\", A) LIMIT 5", [], true),
            ("SELECT MIN(CPUUtilization) FROM \"AWS/RDS\" WHERE Role = 'WRITER'", ["WRITER"], true),
            ("SELECT MIN(CPUUtilization) FROM \"AWS/RDS\" WHERE DatabaseClass != 'x'", [], false),
        ])
    func query(text: String, values: [String], isOpen: Bool) throws {
        let source = try #require(MetricSource(query: text))
        #expect(source.isOpen == isOpen && source.metric.namespace == "AWS/RDS")
        #expect(source.metric.metricName == "CPUUtilization")
        #expect(source.metric.dimensions.map(\.value) == values)
    }

    @Test("an expression is no query", arguments: ["m1 / m2", "", "SELECT", "ANOMALY_DETECTION_BAND(m1, 2)"])
    func noQuery(text: String) {
        #expect(MetricSource(query: text) == nil)
    }
}
