import Testing

@testable import AWS

@Suite("Members of a JSON document")
struct JSONMembersTests {
    private func document(_ text: String) throws -> JSONValue { try JSONReader.parse(Array(text.utf8)) }

    @Test("are written in order, and what has no value is left out")
    func written() {
        var json = JSONMembers()
        json.add("b", "text")
        json.add("absent", String?.none)
        json.add("a", 7)
        json.add("c", false)
        json.list("none", [String]())
        json.list("d", ["x", "y"])
        json.list("e", [1, 2]) { $0.add("n", $1) }
        #expect(json.object.text == #"{"b":"text","a":7,"c":false,"d":["x","y"],"e":[{"n":1},{"n":2}]}"#)
    }

    @Test("are read, and null is as good as absent")
    func read() throws {
        let json = try document(
            #"{"t":"x","i":7,"f":true,"s":["a"],"d":1767323045.5,"n":null,"l":[{"t":"y"}]}"#)
        #expect(try json.text("t") == "x")
        #expect(try json.int("i") == 7)
        #expect(try json.flag("f") == true)
        #expect(try json.strings("s") == ["a"])
        #expect(try json.time("d")?.unixSeconds == 1_767_323_045.5)
        #expect(try json.text("n") == nil)
        #expect(try json.text("absent") == nil)
        #expect(try json.strings("n") == [])
        let none = try json.list("n") { value throws(MalformedResponse) in try value.text("t") }
        #expect(none.isEmpty)
        let texts = try json.list("l") { value throws(MalformedResponse) in try value.text("t") }
        #expect(texts == ["y"])
    }

    @Test(
        "of another type than AWS's model says are refused",
        arguments: [
            #"{"x":1}"#, #"{"x":{}}"#, #"{"x":true}"#, #"{"x":[1]}"#, #"{"x":["a",1]}"#,
        ])
    func refused(text: String) throws {
        let json = try document(text)
        #expect(throws: MalformedResponse.self) { try json.text("x") }
        #expect(throws: MalformedResponse.self) { try json.strings("x") }
        #expect(throws: MalformedResponse.self) { try json.requiredText("absent") }
        #expect(throws: MalformedResponse.self) {
            try json.list("x") { value throws(MalformedResponse) in try value.text("x") }
        }
    }

    @Test(
        "that are numbers are whole where AWS's are",
        arguments: ["1.5", "1e3", "99999999999999999999", "\"7\""])
    func whole(number: String) throws {
        let json = try document("{\"x\":\(number)}")
        #expect(throws: MalformedResponse.self) { try json.int("x") }
    }

    @Test("that are secret are shown nowhere")
    func secrets() throws {
        let put = PutSecretValue(
            secretId: "db", clientRequestToken: "11111111-aaaa-bbbb-cccc-222222222222",
            secretString: "hunter2")
        #expect(put.parameters.map(\.value).contains("<redacted>"))
        #expect(!put.parameters.contains { $0.value.contains("hunter2") })
        let value = try GetSecretValue.output(
            from: OperationResponse(
                status: 200, body: Array(#"{"Name":"db","SecretString":"hunter2","VersionId":"v"}"#.utf8)
            ) { _ in nil })
        #expect(value.secretString == "hunter2")
        var dumped = ""
        dump(value, to: &dumped)
        #expect(!"\(value) \(String(reflecting: value)) \(dumped)".contains("hunter2"))
        let copy = CopyDBSnapshot(
            sourceDBSnapshotIdentifier: "a", targetDBSnapshotIdentifier: "b",
            preSignedUrl: "https://x?X-Amz-Signature=hunter2")
        #expect(!copy.parameters.contains { $0.value.contains("hunter2") })
    }

    @Test("of a function's answer are the caller's to read, and an error in it is told apart")
    func invocation() throws {
        let answer = try Invoke.output(
            from: OperationResponse(status: 200, body: Array("{}".utf8)) {
                $0 == "X-Amz-Function-Error" ? "Unhandled" : nil
            })
        #expect(answer.functionError == "Unhandled")
        #expect(answer.payload == Array("{}".utf8))
    }
}
