using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>What of a raw request counts as the same, and what does not.</summary>
public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/./", "/")]
    [InlineData("/a/b/..", "/a")]
    [InlineData("/a/b/../", "/a/")]
    [InlineData("/a/./b//c/", "/a/b/c/")]
    [InlineData("/%2e%2e/a", "/%252e%252e/a")]
    [InlineData("/a%2Fb", "/a%252Fb")]
    [InlineData("/a%5cb", "/a%255cb")]
    [InlineData("/a b+c", "/a%20b%2Bc")]
    [InlineData("/...", "/...")]
    [InlineData("/a;b=c@d:e", "/a%3Bb%3Dc%40d%3Ae")]
    public void A_path_is_normalised_and_escaped_again(string path, string canonical) => Assert.Equal(canonical, PathOf(path, isS3: false));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("//a//", "//a//")]
    [InlineData("/a/../b/.", "/a/../b/.")]
    [InlineData("/%2e%41", "/.A")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a b+c", "/a%20b%2Bc")]
    [InlineData("/%C0%AF%00", "/%C0%AF%00")]
    [InlineData("/%e1%88%b4", "/%E1%88%B4")]
    public void S3_keeps_a_path_and_escapes_it_once(string path, string canonical) => Assert.Equal(canonical, PathOf(path, isS3: true));

    [Theory]
    [InlineData("b=1&a=2", "a=2&b=1")]
    [InlineData("a=b&a=a", "a=a&a=b")]
    [InlineData("a&b=", "a=&b=")]
    [InlineData("&&a=1&&", "a=1")]
    [InlineData("=1", "=1")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=+&b=%20", "a=%20&b=%20")]
    [InlineData("a=%2b", "a=%2B")]
    [InlineData("%61=%62", "a=b")]
    [InlineData("a=;&a;b=1", "a=%3B&a%3Bb=1")]
    [InlineData("a-b=1&a=1", "a=1&a-b=1")]
    [InlineData("B=1&a=1", "B=1&a=1")]
    [InlineData("a=/&b=~*", "a=%2F&b=~%2A")]
    [InlineData("a=%C0%AF%00", "a=%C0%AF%00")]
    [InlineData("a=\u1234", "a=%E1%88%B4")]
    [InlineData("?a=1", "%3Fa=1")]
    public void A_query_is_escaped_and_sorted(string query, string canonical) => Assert.Equal(canonical, Lines("/?" + query, [])[2]);

    [Theory]
    [InlineData("a  b", "a b")]
    [InlineData(" a\tb ", "a b")]
    [InlineData("a\r\n  b", "a b")]
    [InlineData("\"a   b\"", "\"a b\"")]
    [InlineData("a,b", "a,b")]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("\u00FCmlaut", "\u00FCmlaut")]
    public void A_header_value_is_trimmed_and_its_spaces_run_together(string value, string canonical) =>
        Assert.Contains("x-test:" + canonical, Lines("/", [new("X-Test", value)]));

    [Fact]
    public void Repeated_headers_are_joined_in_the_order_of_arrival() =>
        Assert.Contains("x-test:b,a c,", Lines("/", [new("X-Test", "b"), new("x-test", "a  c"), new("X-TEST", "")]));

    [Fact]
    public void A_request_that_outgrows_the_stack_is_signed_like_any_other()
    {
        var query = string.Join('&', Enumerable.Range(0, 4000).Select(i => $"p{3999 - i:D4}={new string('x', 20)}"));
        var expected = string.Join('&', Enumerable.Range(0, 4000).Select(i => $"p{i:D4}={new string('x', 20)}"));
        Assert.Equal(expected, Lines("/?" + query, [new("X-Test", new string('y', 10_000))])[2]);
    }

    private static string PathOf(string path, bool isS3) => Lines(path, [], isS3)[1];

    private static string[] Lines(string target, List<KeyValuePair<string, string>> headers, bool isS3 = false)
    {
        var bag = new HeaderBag([new("Host", "example.com"), .. headers]);
        var authorization = new SigV4Authorization
        {
            Algorithm = SigV4.Algorithm, AccessKeyId = "AKIDEXAMPLE", Date = "20261122", Region = "us-east-1", Service = "sts", Terminator = SigV4.Terminator,
            SignedHeaders = headers.Count == 0 ? "host" : "host;x-test", Signature = "", Timestamp = "20261122T023000Z", SignedAt = SignedRequest.Now,
        };
        var buffer = new Utf8Buffer(stackalloc byte[8]);
        CanonicalRequest.Write(ref buffer, authorization, new SignableRequest("GET", target, bag), "HASH", SignedRequest.Rules with { IsS3 = isS3 });
        var text = Encoding.UTF8.GetString(buffer.Written);
        buffer.Dispose();
        return text.Split('\n');
    }
}
