/// An attribute beside a message, for subscribers' filters. It is outside the message's signature.
public struct MessageAttribute: Sendable, Hashable {
    public var name: String
    public var dataType: String
    public var stringValue: String

    /// `dataType` is `String`, `String.Array` or `Number`; binary values are not supported.
    public init(name: String, dataType: String = "String", stringValue: String) {
        self.name = name
        self.dataType = dataType
        self.stringValue = stringValue
    }

    func encode(into form: inout QueryForm) {
        form.add("Name", name)
        form.structure("Value") { value in
            value.add("DataType", dataType)
            value.add("StringValue", stringValue)
        }
    }
}
