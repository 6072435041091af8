/// A filter of a describe call, in RDS and EC2: any of the values will do, and several filters must all hold.
public struct Filter: Sendable, Hashable {
    public var name: String
    public var values: [String]

    public init(name: String, values: [String]) {
        self.name = name
        self.values = values
    }

    func encode(into form: inout QueryForm) {
        form.add("Name", name)
        form.list("Values", item: "Value", values)
    }

    /// As in EC2: `Filter.1.Value.1`.
    func encodeFlat(into form: inout QueryForm) {
        form.add("Name", name)
        form.flatList("Value", values)
    }
}
