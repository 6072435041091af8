/// Metrics as Prometheus reads them (text format 0.0.4).
struct Exposition {
    enum Kind: String { case gauge, counter }

    /// One line: its labels, and its value.
    typealias Sample = ([(String, String)], Double)

    private(set) var text = ""

    /// A family without a sample is left out: a gauge that is not known has no value, and never zero.
    mutating func family(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in samples {
            text += "\(name)\(Self.labels(labels)) \(Self.number(value))\n"
        }
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Double?) {
        family(name, .gauge, help, value.map { [([], $0)] } ?? [])
    }

    private static func labels(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        value.rounded() == value && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
