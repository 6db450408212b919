using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>The 13 vectors of docs and official clients, each in the shape in which it went over the wire, and the rules of the canonical text.</summary>
public sealed class UprojectSignatureTests
{
    private const string DocsSecret = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
    private const string DocsKey = "ucloudsomeone%40example.com1296235120854146120";
    private const string CreateHost =
        "Action=CreateUHostInstance&CPU=2&ChargeType=Month&DiskSpace=10&ImageId=f43736e1-65a5-4bea-ad2e-8a46e18883c2&LoginMode=Password&Memory=2048&Name=Host01"
        + "&Password=VUNsb3VkLmNu&Quantity=1&Region=cn-bj2&Zone=cn-bj2-04&PublicKey=" + DocsKey;

    private const string Backends =
        "Action=AllocateBackendBatch&Backends.0=foo&Backends.1=bar&Backends.2=42&Backends.3=foo&Backends.4=bar&Backends.5=42&Backends.6=foo&Backends.7=bar&Backends.8=42"
        + "&Backends.9=foo&Backends.10=bar&Backends.11=42&PublicKey=" + DocsKey;

    public static TheoryData<int, string, string, string> Forms => new()
    {
        { 1, $"Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey={DocsKey}", DocsSecret, "cba5cf5ec4d4233d206b1b54951e3787350a642f" },
        { 2, "Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey=someone%40example.com1296235120854146120", DocsSecret, "4201919d267504385deb93af19e0197870fed36b" },
        { 3, "Action=DescribeUHostInstance&Region=vn-sng&Limit=10&PublicKey=john.doe%40example.com1296235120854146120", DocsSecret, "52fc1191f026532c9100946c6a863a90d5f766ed" },
        { 4, CreateHost, DocsSecret, "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65" },
        { 5, CreateHost + "&SecurityToken=some_stoken", DocsSecret, "170c480ad176a247b324eb92a2cfe536aacfbd04" },
        { 6, Backends, DocsSecret, "6bc32642779f8cb0bb3d3f128b1c0688abf9a1a3" },
        { 8, $"Action=AssumeRole&RoleUrn=ucs%3Aiam%3A%3A65906048%3Arole%2Ftest&RoleSessionName=test-session&DurationSeconds=900&PublicKey={DocsKey}", DocsSecret, "09d95cfb13ed7a5813316cbe2c436c8547d8eefc" },
        {
            10, "Action=AttachPoliciesToRole&PolicyURNs.0=a&PolicyURNs.1=b&ProjectId=org-x&PublicKey=tmpak&Region=cn-bj2&RoleName=r&Scope=Unspecified&SecurityToken=tok%2F%2B%3D",
            "tmpsk", "46740921045aaa5d8f34cf5bf4981fcbe9f90189"
        },
        {
            13, "DurationSeconds=900&Policy=%7B%22Version%22%3A%221%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%5B%22uhost%3A%2A%22%5D%2C%22Resource%22%3A%5B%22%2A%22%5D%7D%5D%7D"
            + "&RoleSessionName=test-session&RoleUrn=ucs%3Aiam%3A%3A65906048%3Arole%2Ftest&Action=AssumeRole&PublicKey=pk",
            "sk", "5fc6019bab928ff64de80c1297a80c6f53ead6d8"
        },
    };

    public static TheoryData<int, string, string, string> Documents => new()
    {
        { 7, """{"Action":"DescribeUHostInstance","Region":"cn-bj2","Proportion":35.0,"PublicKey":"ucloudsomeone@example.com1296235120854146120"}""", DocsSecret, "da620b97de476947302291fc93a2d8b0710be328" },
        { 7, """{"Action":"DescribeUHostInstance","Region":"cn-bj2","Proportion":65.722,"PublicKey":"ucloudsomeone@example.com1296235120854146120"}""", DocsSecret, "5e39dd48144d6a075328e56a6c5e9df6c39ae939" },
        { 9, """{"Action":"X","PublicKey":"pk","B":[{"z":1,"a":true},{"a":2.5}],"A":{"y":"1","x":[1,2.0]}}""", "sk", "d769a438f594c6bda673d70f357aa00cc9e45815" },
        {
            11, """{"Action":"AttachPoliciesToRole","PolicyURNs":["a","b"],"ProjectId":"org-x","PublicKey":"tmpak","Region":"cn-bj2","RoleName":"r","Scope":"Unspecified","SecurityToken":"tok/+="}""",
            "tmpsk", "5e4cffa60f794f0747035f3e141652e4a6134628"
        },
        {
            12, """{"Action":"AttachPoliciesToRole","RoleName":"r","PolicyURNs.0":"a","PolicyURNs.1":"b","Scope":"Unspecified","SecurityToken":"tok/+=","Flag":true,"F":42.5,"Region":"cn-bj2","ProjectId":"org-x","PublicKey":"pk"}""",
            "sk", "7c9ecb1018ca2db44d218f684a2d989568dfb0bb"
        },
    };

    [Theory, MemberData(nameof(Forms))]
    public void A_form_is_signed_as_the_official_clients_sign_it(int vector, string form, string secret, string signature) =>
        AssertSigned(vector, UprojectRequest.TryRead("", "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(form), out _)!, secret, signature);

    [Theory, MemberData(nameof(Forms))]
    public void The_same_parameters_in_the_query_have_the_same_signature(int vector, string form, string secret, string signature) =>
        AssertSigned(vector, UprojectRequest.TryRead(form, null, [], out _)!, secret, signature);

    [Theory, MemberData(nameof(Documents))]
    public void A_JSON_body_is_signed_as_the_official_clients_sign_it(int vector, string json, string secret, string signature) =>
        AssertSigned(vector, Json(json)!, secret, signature);

    [Fact]
    public void The_signed_text_has_names_and_values_in_a_row_and_nested_ones_sorted_without_indexes() =>
        Assert.Equal(
            "Ax12y1ActionXBatruez1a2.5PublicKeypk",
            Json("""{"Action":"X","PublicKey":"pk","Signature":"s","B":[{"z":1,"a":true},{"a":2.5}],"A":{"y":"1","x":[1,2.0]}}""")!.CanonicalText);

    [Theory]
    [InlineData("42", "42")]
    [InlineData("-7", "-7")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("42.0", "42")]
    [InlineData("42.10", "42.1")]
    [InlineData("1e21", "1000000000000000000000")]
    [InlineData("-1.25E+3", "-1250")]
    [InlineData("1.5e-7", "0.00000015")]
    [InlineData("123456789012345680000.0", "123456789012345680000")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    [InlineData("\"1e21\"", "1e21")]
    public void A_JSON_value_is_signed_as_this_text(string json, string text) => Assert.Equal("V" + text, Json($$"""{"V":{{json}}}""")!.CanonicalText);

    [Fact]
    public void Lists_and_objects_come_out_under_flat_names() => Assert.Equal(
        ["B.0.a=true", "B.0.z=1", "B.1=x", "C=", "L.0=p"],
        Json("""{"Action":"X","B":[{"z":1,"a":true},"x"],"C":null,"L.0":"p"}""")!.Arguments.Select(pair => $"{pair.Key}={pair.Value}"));

    [Fact]
    public void What_every_request_has_is_told_apart_from_the_arguments()
    {
        var request = UprojectRequest.TryRead("Action=ListUsers&PublicKey=pk&Signature=s&SecurityToken=t&Limit=10", null, [], out _)!;
        Assert.Equal(("ListUsers", "pk", "s", "t"), (request.Action, request.PublicKey, request.Signature, request.SecurityToken));
        Assert.Equal(["Limit"], request.Arguments.Select(pair => pair.Key));
        Assert.Equal("ActionListUsersLimit10PublicKeypkSecurityTokent", request.CanonicalText);
    }

    [Fact]
    public void A_parameter_in_query_and_body_with_one_value_is_one()
    {
        var request = UprojectRequest.TryRead("Action=ListUsers", "application/x-www-form-urlencoded; charset=utf-8", "Action=ListUsers&PublicKey=pk"u8, out _)!;
        Assert.Equal("ActionListUsersPublicKeypk", request.CanonicalText);
    }

    [Theory]
    [InlineData("Action=A", "application/x-www-form-urlencoded", "Action=B")]
    [InlineData("", "application/x-www-form-urlencoded", "Action=A&Action=A")]
    [InlineData("A=1&A=1", null, "")]
    [InlineData("A=1&%41=2", null, "")]
    [InlineData("", "application/json", """{"A":"1","A":"1"}""")]
    [InlineData("", "application/json", """{"A":"1","\u0041":"2"}""")]
    [InlineData("", "application/json", """{"A":{"x":1,"x":1}}""")]
    [InlineData("", "application/json", """{"A":["1"],"A.0":"1"}""")]
    [InlineData("A=", "application/json", """{"A":[]}""")]
    [InlineData("Signature=a", "application/json", """{"Signature":"b"}""")]
    public void A_parameter_that_comes_twice_is_refused(string query, string? contentType, string body) =>
        Assert.Contains("more than once", Refusal(query, contentType, body), StringComparison.Ordinal);

    [Theory]
    [InlineData("1A=x")]
    [InlineData("=x")]
    [InlineData(".A=x")]
    [InlineData("A.=x")]
    [InlineData("A..0=x")]
    [InlineData("A%20B=x")]
    [InlineData("A%00=x")]
    [InlineData("%C3%84=x")]
    [InlineData("A[0]=x")]
    [InlineData("A%3D=x")]
    public void A_name_that_is_none_is_refused(string query) => Assert.Contains("no name of a parameter", Refusal(query, null, ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"A":{"x.y":1}}""")]
    [InlineData("""{"A":[{"":1}]}""")]
    [InlineData("""{"A b":1}""")]
    public void A_name_in_JSON_that_is_none_is_refused(string body) => Assert.Contains("no name of a parameter", Refusal("", "application/json", body), StringComparison.Ordinal);

    [Theory]
    [InlineData("A=%")]
    [InlineData("A=%4")]
    [InlineData("A=%zz")]
    [InlineData("A=%FF")]
    [InlineData("A=%C3")]
    [InlineData("A=%ED%A0%80")]
    public void Half_an_escape_and_half_a_character_are_refused(string query) => Assert.Contains("escape", Refusal(query, null, ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"A":"\ud800"}""")]
    [InlineData("""{"A":1}{"B":2}""")]
    [InlineData("""[{"A":1}]""")]
    [InlineData("""{"A":1""")]
    [InlineData("""{"A":01}""")]
    [InlineData("""{"A":1e999}""")]
    [InlineData("""{"Action":["A"]}""")]
    [InlineData("""{"PublicKey":{"a":1}}""")]
    [InlineData("null")]
    [InlineData("\"A\"")]
    public void A_JSON_body_that_is_no_object_of_parameters_is_refused(string body) => Assert.NotEmpty(Refusal("", "application/json", body));

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data")]
    public void A_body_of_another_type_is_refused(string? contentType) => Assert.Contains("content type", Refusal("", contentType, "A=1"), StringComparison.Ordinal);

    [Fact]
    public void How_much_a_request_may_hold_is_bounded()
    {
        var many = string.Join('&', Enumerable.Range(0, UprojectRequest.MaxParameters + 1).Select(number => $"A.{number}=1"));
        Assert.Contains("more than 2000", Refusal(many, null, ""), StringComparison.Ordinal);
        Assert.Contains("more than 2000", Refusal("", "application/json", $$"""{"A":[{{string.Join(',', Enumerable.Repeat("1", UprojectRequest.MaxParameters + 1))}}]}"""), StringComparison.Ordinal);
        Assert.Contains("more than 2000", Refusal("", "application/json", $$"""{"A":[{{string.Join(',', Enumerable.Repeat("[]", (2 * UprojectRequest.MaxParameters) + 1))}}]}"""), StringComparison.Ordinal);
        Assert.Contains("longer than 512", Refusal(new string('A', 513) + "=1", null, ""), StringComparison.Ordinal);
        Assert.Contains("not valid JSON", Refusal("", "application/json", $$"""{"A":{{new string('[', 17)}}{{new string(']', 17)}}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("CBA5CF5EC4D4233D206B1B54951E3787350A642F")]
    [InlineData("cba5cf5ec4d4233d206b1b54951e3787350a642")]
    [InlineData("cba5cf5ec4d4233d206b1b54951e3787350a642e")]
    [InlineData("cba5cf5ec4d4233d206b1b54951e3787350a642f00")]
    public void Any_other_signature_does_not_match(string signature) => Assert.False(UprojectSignature.Matches(
        UprojectRequest.TryRead($"Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey={DocsKey}", null, [], out _)!.CanonicalText, DocsSecret, signature));

    private static void AssertSigned(int vector, UprojectRequest request, string secret, string signature)
    {
        Assert.True(signature == UprojectSignature.Sign(request.CanonicalText, secret), $"vector {vector}: {request.CanonicalText}");
        Assert.True(UprojectSignature.Matches(request.CanonicalText, secret, signature));
    }

    private static UprojectRequest? Json(string body) => UprojectRequest.TryRead("", "application/json", Encoding.UTF8.GetBytes(body), out _);

    private static string Refusal(string query, string? contentType, string body)
    {
        Assert.Null(UprojectRequest.TryRead(query, contentType, Encoding.UTF8.GetBytes(body), out var error));
        return error!.Message;
    }
}
