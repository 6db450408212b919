using System.Security.Cryptography;
using System.Text;
using Daypass.Core.Tests.Policies;
using Daypass.Policies;
using Daypass.Tokens;

namespace Daypass.Core.Tests.Tokens;

/// <summary>Texts of authorization messages in their short form: nothing is lost, and a length tells of no other part.</summary>
public sealed class MessageTexts
{
    public static TheoryData<string> Odd => ["", "a", "arn:aws:iam::", "\0\u0001\u001f tab\tlf\n", "Ünïcode ✓ \U0001F600", "{\"key\":\"aws:", "{\"key\":\"aws", "\"", "]}]}]}"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void A_text_comes_back(string text) => Assert.Equal(text, MessageText.Unpack(MessageText.Pack(text)));

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) switch
            {
                0 => MessagePhrases.All[random.Next(MessagePhrases.All.Length)],
                1 => MessagePhrases.All[random.Next(MessagePhrases.All.Length)][random.Next(2)..],
                _ => ((char)random.Next(0xD7FF)).ToString(),
            }));
            Assert.Equal(text, MessageText.Unpack(MessageText.Pack(text)));
        }
    }

    [Fact]
    public void Bytes_that_are_no_short_form_give_a_text_or_null_and_never_an_absurd_one()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            _ = MessageText.Unpack(bytes);
        }
        var longest = Array.IndexOf(MessagePhrases.All, MessagePhrases.All.MaxBy(phrase => phrase.Length)) - 31;
        Assert.Null(MessageText.Unpack([.. Enumerable.Repeat(new byte[] { 0xFF, (byte)longest }, 3000).SelectMany(code => code)]));
        Assert.Null(MessageText.Unpack([0xFF]));
        Assert.Null(MessageText.Unpack([0x00]));
        Assert.Null(MessageText.Unpack([0xFF, 0xFF]));
    }

    // What CRIME lives on: that a guess which is right takes less room. Here a value takes what it takes, whatever stands in the policies.
    [Fact]
    public void What_a_caller_chooses_takes_the_same_room_whatever_the_rest_says()
    {
        string[] guesses = ["x", "secret-bucket", "arn:aws:s3:::secret-bucket/x", "\",\"line\":1", "arn:aws:iam::111122223333:user/bob", "StringEquals", "missingKeys"];
        int[] Sizes(string policy) => [.. guesses.Select(guess => SizeOf(policy, guess))];
        var plain = Sizes("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/t":"v"}}}""");
        var secret = Sizes("""{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::secret-bucket/x","Condition":{"StringEquals":{"aws:username":"secret-bucket"}}}""");
        Assert.Single(plain.Zip(secret, (one, other) => one - other).Distinct());
    }

    // Codes are on the wire, from libraries of any version.
    [Fact]
    public void The_phrases_of_released_codes_stay()
    {
        Assert.True(MessagePhrases.All.Length <= 31 + 256);
        Assert.Equal(MessagePhrases.All.Length, MessagePhrases.All.Distinct(StringComparer.Ordinal).Count());
        Assert.All(MessagePhrases.All, phrase => Assert.True(phrase.Length > 2 || Array.IndexOf(MessagePhrases.All, phrase) < 31));
        Assert.Equal("7a2f7a70e96b49bf", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', MessagePhrases.All.Take(Released)))))[..16]);
    }

    private const int Released = 132;

    private static int SizeOf(string statement, string guess)
    {
        var document = PolicyDocument.Parse($"{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}", PolicyType.Identity);
        var context = new RequestContext();
        context.Set("aws:UserAgent", guess);
        var request = new AccessRequest(Requests.User, "s3:GetObject", "arn:aws:s3:::b/k", Requests.Account, context);
        var text = PolicyEvaluator.Explain(request, new PolicySet { Identity = [new Policy(document, "p", null)] }).ToDecodedMessage();
        return AuthorizationMessage.TextSize(Encoding.UTF8.GetBytes(text));
    }
}
