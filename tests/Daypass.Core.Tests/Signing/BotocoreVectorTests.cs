using System.Text;
using System.Text.Json;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>Requests that botocore signed (Vectors/make_vectors.py): an implementation that shares nothing with ours.</summary>
public sealed class BotocoreVectorTests
{
    private static readonly JsonElement Vectors =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Signing", "Vectors", "botocore.json"))).RootElement;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Requests => [.. Vectors.GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("name").GetString()!)];

    public static TheoryData<int> Bodies => [.. Enumerable.Range(0, Vectors.GetProperty("bodies").GetArrayLength())];

    [Theory, MemberData(nameof(Requests))]
    public void A_request_signed_by_botocore_verifies(string name)
    {
        var vector = Find(name);
        var signed = new SignedRequest(Text(vector, "method"), Text(vector, "target"), new HeaderBag(Pairs(vector, "headers")), Text(vector, "body"));
        var rules = new SigV4Rules { Service = Text(vector, "service"), Region = Text(vector, "region"), IsS3 = vector.GetProperty("isS3").GetBoolean() };
        Assert.Null(signed.Check(Now, rules, Text(Vectors, "secret"), PayloadHash(vector)));
    }

    [Theory, MemberData(nameof(Requests))]
    public void Our_signature_is_that_of_botocore(string name)
    {
        var vector = Find(name);
        var sent = Pairs(vector, "sent");
        var uri = new Uri(Text(vector, "url"), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var (method, keyId, secret, token) = (Text(vector, "method"), Text(Vectors, "keyId"), Text(Vectors, "secret"), vector.GetProperty("token").GetString());
        var (region, service, isS3) = (Text(vector, "region"), Text(vector, "service"), vector.GetProperty("isS3").GetBoolean());
        if (vector.GetProperty("isQuery").GetBoolean())
        {
            var presigned = SigV4Signer.Presign(method, uri, sent, PayloadHash(vector), keyId, secret, token, region, service, Now, TimeSpan.FromHours(1), isS3);
            Assert.Equal(Text(vector, "target")[^64..], presigned.AbsoluteUri[^64..]);
            return;
        }
        var added = SigV4Signer.SignHeaders(method, uri, sent, PayloadHash(vector), keyId, secret, token, region, service, Now, isS3);
        Assert.Equal(Pairs(vector, "headers").Single(header => header.Key == "Authorization").Value, added[^1].Value);
    }

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_framed_by_botocore_is_read_whole_and_its_checksum_verified(int index)
    {
        var body = Vectors.GetProperty("bodies")[index];
        var size = body.GetProperty("size").GetInt32();
        var payload = new AwsChunkedPayload(SigV4Chunks.UnsignedPayloadTrailer, size, [Text(body, "trailer")]);
        using var stream = new AwsChunkedStream(new TricklingStream(body.GetProperty("wire").GetBytesFromBase64(), 100), payload, SignedRequest.Good().Parse(), default);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(Enumerable.Range(0, size).Select(i => (byte)(i * 7 % 251)), read.ToArray());
        Assert.NotNull(stream.Trailer(Text(body, "trailer")));
    }

    private static JsonElement Find(string name) => Vectors.GetProperty("requests").EnumerateArray().Single(request => Text(request, "name") == name);

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement vector, string property) =>
        vector.GetProperty(property).EnumerateArray().Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!));

    private static string PayloadHash(JsonElement vector)
    {
        if (vector.GetProperty("isS3").GetBoolean() && vector.GetProperty("isQuery").GetBoolean())
            return SigV4Chunks.UnsignedPayload;
        return Pairs(vector, "headers").FirstOrDefault(header => header.Key == "X-Amz-Content-SHA256").Value ?? SigV4.PayloadHash(Encoding.UTF8.GetBytes(Text(vector, "body")));
    }
}
