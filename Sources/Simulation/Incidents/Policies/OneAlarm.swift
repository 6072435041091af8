/// One CloudWatch alarm that starts a Lambda function: the form of AWS's own samples.
struct OneAlarm: SimplePolicy {
    let name = "one CloudWatch alarm"
    let citation =
        "HealthCheckStatus < 1 for 1 datapoint of 60 s, missing data ignored (the console's default for a "
        + "Route 53 health check); alarm to SNS to Lambda, as in aws-samples' DR patterns"

    func start(_ incident: Incident, _ member: Cast.Member) {}

    func step(at second: Int, _ view: SimpleView, _ memory: inout Void) -> SimpleVerdict? {
        // Alarms are evaluated each minute.
        guard second % 60 == 0, let sample = view.health(at: second), second - sample.at <= 300 else {
            return nil
        }
        return sample.value < 1 ? SimpleVerdict() : nil
    }
}
