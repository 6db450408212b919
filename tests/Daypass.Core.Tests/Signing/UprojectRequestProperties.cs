using System.Globalization;
using System.Text;
using System.Text.Json;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>What holds for every request, found or made up: seeded, so that a failure comes again.</summary>
public sealed class UprojectRequestProperties
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private static readonly string[] Seeds =
    [
        "Action=AssumeRole&PublicKey=pk&RoleUrn=ucs%3Aiam%3A%3A1%3Arole%2Fx&Policy=%7B%22a%22%3A1%7D&L.0=a&L.1=%C3%A4&Empty=&+=",
        """{"Action":"X","PublicKey":"pk","B":[{"z":1,"a":true},{"a":2.5e3}],"A":{"y":"\u00e4\ud83d\ude00","x":[1,2.0,null,[]]},"Signature":"s","N":-0.0}""",
        """{"Action":"X","L.0":"a","L.1":"b","F":42.5,"T":true,"E":"","Z":null}""",
        "%", "{", "[]", "", "&&=&", """{"A":"\ud800"}""", "A=%ff",
    ];

    private static readonly string[] Inserted = ["%", "&", "=", "\"", "{", "}", "[", "]", ",", ":", ".", "\\ud800", "1e999", "null", "\0", "\u00ff", "A", "0", "%00", "A=1&A=2", "\"A\":1,", "\n"];

    [Fact]
    public void Whatever_arrives_is_read_or_refused_in_words()
    {
        var random = new Random(1122);
        for (var round = 0; round < 20_000; round++)
        {
            var body = Damage(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);
            var query = random.Next(3) == 0 ? Encoding.Latin1.GetString(Damage(Encoding.UTF8.GetBytes(Seeds[0]), random)) : "";
            var request = UprojectRequest.TryRead(query, random.Next(2) == 0 ? Form : Json, body, out var error);
            Assert.Equal(request is null, error is not null);
            if (request is null)
                Assert.DoesNotContain(error!.Message, character => char.IsControl(character) || char.IsSurrogate(character));
            else
                AssertSound(request);
        }
    }

    [Fact]
    public void A_form_a_query_and_flat_JSON_of_the_same_texts_are_one_request()
    {
        var random = new Random(2211);
        for (var round = 0; round < 2000; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 12)).ToDictionary(_ => Name(random), _ => Value(random));
            var form = string.Join('&', values.Select(pair => $"{pair.Key}={(random.Next(2) == 0 ? Uri.EscapeDataString(pair.Value) : Uri.EscapeDataString(pair.Value).Replace("%20", "+", StringComparison.Ordinal))}"));
            var (asForm, asQuery, asJson) = (Read("", Form, form), Read(form, null, ""), Read("", Json, JsonSerializer.Serialize(values)));
            Assert.Equal(asForm.Arguments, asJson.Arguments);
            Assert.Equal(asForm.Arguments, asQuery.Arguments);
            Assert.Equal(asForm.CanonicalText, asJson.CanonicalText);
            Assert.Equal(asForm.CanonicalText, asQuery.CanonicalText);
            Assert.Equal(string.Concat(values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value)), asForm.CanonicalText);
        }
    }

    [Fact]
    public void Nested_JSON_has_the_arguments_of_its_flat_form_and_a_text_of_its_own()
    {
        var random = new Random(3311);
        for (var round = 0; round < 2000; round++)
        {
            var flat = new Dictionary<string, string>(StringComparer.Ordinal);
            var text = new StringBuilder();
            var tree = new SortedDictionary<string, object>(StringComparer.Ordinal);
            for (var i = random.Next(1, 5); i > 0; i--)
                tree[$"P{i.ToString(CultureInfo.InvariantCulture)}"] = Tree(random, 4);
            foreach (var (name, value) in tree)
            {
                text.Append(name);
                Flatten(name, value, flat, text);
            }
            var nested = Read("", Json, JsonSerializer.Serialize(tree));
            Assert.Equal(flat.OrderBy(pair => pair.Key, StringComparer.Ordinal), nested.Arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            Assert.Equal(text.ToString(), nested.CanonicalText);
            Assert.Equal(tree.Where(pair => pair.Value is not string).Select(pair => pair.Key), nested.Nested);
        }
    }

    [Fact]
    public void Every_double_is_signed_without_exponent_and_reads_back_as_itself()
    {
        var random = new Random(4411);
        for (var round = 0; round < 5000; round++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number))
                continue;
            var json = number.ToString(round % 2 == 0 ? "R" : "E17", CultureInfo.InvariantCulture);
            var text = Read("", Json, $$"""{"V":{{json}}}""").CanonicalText[1..];
            Assert.DoesNotContain('E', text);
            Assert.Equal(double.Parse(json, CultureInfo.InvariantCulture), double.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    private static void AssertSound(UprojectRequest request)
    {
        Assert.Equal(request.CanonicalText, string.Concat(request.Signed.Select(pair => pair.Key + pair.Value)));
        Assert.Equal(request.Signed.Select(pair => pair.Key).Order(StringComparer.Ordinal).Distinct(), request.Signed.Select(pair => pair.Key));
        Assert.Equal(request.Arguments.Count, request.Arguments.Select(pair => pair.Key).Distinct().Count());
        Assert.All(request.Arguments, pair => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*$", pair.Key));
        Assert.DoesNotContain(request.Signed, pair => pair.Key == "Signature");
        // What was read can be signed and proven.
        Assert.True(UprojectSignature.Matches(request.CanonicalText, "sk", UprojectSignature.Sign(request.CanonicalText, "sk")));
    }

    private static UprojectRequest Read(string query, string? contentType, string body)
    {
        var request = UprojectRequest.TryRead(query, contentType, Encoding.UTF8.GetBytes(body), out var error);
        Assert.True(request is not null, error?.Message);
        return request;
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var times = random.Next(0, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Inserted[random.Next(Inserted.Length)]));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 8)));
                    break;
                case 3:
                    var from = random.Next(bytes.Count + 1);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(bytes.Count - from, 12)));
                    break;
            }
        }
        return [.. bytes];
    }

    private static object Tree(Random random, int depth) => (depth == 0 ? 0 : random.Next(4)) switch
    {
        1 => Enumerable.Range(0, random.Next(0, 12)).Select(_ => Tree(random, depth - 2 < 0 ? 0 : depth - 2)).ToList(),
        2 => Enumerable.Range(0, random.Next(0, 4)).ToDictionary(number => $"m{number.ToString(CultureInfo.InvariantCulture)}", _ => Tree(random, depth - 2 < 0 ? 0 : depth - 2)),
        _ => Value(random),
    };

    private static void Flatten(string name, object value, Dictionary<string, string> flat, StringBuilder text)
    {
        switch (value)
        {
            case string own:
                flat[name] = own;
                text.Append(own);
                break;
            case List<object> { Count: 0 } or Dictionary<string, object> { Count: 0 }:
                flat[name] = "";
                break;
            case List<object> list:
                for (var i = 0; i < list.Count; i++)
                    Flatten($"{name}.{i.ToString(CultureInfo.InvariantCulture)}", list[i], flat, text);
                break;
            case Dictionary<string, object> members:
                foreach (var (member, item) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(member);
                    Flatten($"{name}.{member}", item, flat, text);
                }
                break;
        }
    }

    private static string Name(Random random) => $"N{random.Next(1000).ToString(CultureInfo.InvariantCulture)}{(random.Next(3) == 0 ? $".{random.Next(20).ToString(CultureInfo.InvariantCulture)}" : "")}-{random.NextInt64().ToString(CultureInfo.InvariantCulture)}";

    private static string Value(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => random.Next(6) switch
    {
        0 => "%", 1 => "& =+", 2 => "\u00e4\u4e2d", 3 => "\ud83d\ude00", 4 => "\"\\\n\0", _ => "abc",
    }));
}
