using System.Buffers;

namespace Daypass.Service.Pipeline;

/// <summary>A constraint of the service model on a text: lengths in characters, and a pattern as AWS prints it in errors.</summary>
internal sealed record TextRule(int Minimum, int Maximum, string Pattern, Func<string, bool> HasOnlyAllowed)
{
    /// <summary>Whether a value that breaks the rule stays out of the error, and so out of the trail.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the text is a policy document: a JSON object, of which no beginning is one.</summary>
    public bool IsDocument { get; init; }

    /// <summary>Whether a value keeps to the rule.</summary>
    public bool Takes(string value) =>
        value.Length >= Minimum && value.Length <= Maximum && HasOnlyAllowed(value) && (!IsDocument || IsObject(value));

    private static bool IsObject(string value)
    {
        if (!value.AsSpan().TrimEnd().EndsWith("}"))
            return false;
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(value);
            return json.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    public static TextRule Of(int minimum, int maximum) => new(minimum, maximum, "", _ => true);

    public static TextRule Of(int minimum, int maximum, string pattern, SearchValues<char> allowed) =>
        new(minimum, maximum, pattern, text => !text.AsSpan().ContainsAnyExcept(allowed));
}

/// <summary>The text constraints of the STS and IAM models that several actions share.</summary>
internal static class TextRules
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // \w of the models, as AWS checks it: ASCII only. Unicode letters in names would make two names look alike.
    private const string Word = Letters + Digits + "_";
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create(Word);
    private static readonly SearchValues<char> UprojectNameCharacters = SearchValues.Create(Word + ".-");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Word + "+=,.@-");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).ToArray());
    private static readonly SearchValues<char> PolicyPathCharacters = SearchValues.Create(Letters + Digits + "/.,+@=_-");

    public static readonly TextRule UserName = Name(64);
    /// <summary>A user that an action is done to: the model allows more here than for new names.</summary>
    public static readonly TextRule ExistingUserName = Name(128);
    public static readonly TextRule GroupName = Name(128);
    public static readonly TextRule RoleName = Name(64);
    public static readonly TextRule PolicyName = Name(128);
    public static readonly TextRule SessionName = new(2, 64, @"[\w+=,.@-]*", text => !text.AsSpan().ContainsAnyExcept(NameCharacters));
    /// <summary>A session's name in uproject's API.</summary>
    public static readonly TextRule UprojectSessionName = TextRule.Of(1, 64, @"[A-Za-z0-9_.-]+", UprojectNameCharacters);
    /// <summary>As <see cref="SessionName"/>; that it cannot begin with "aws:" follows from the pattern.</summary>
    public static readonly TextRule SourceIdentity = SessionName;
    public static readonly TextRule FederatedName = SessionName with { Maximum = 32 };
    public static readonly TextRule Arn = TextRule.Of(20, 2048);
    /// <summary>As <see cref="Arn"/>, in the model of STS, which has a pattern beside the lengths.</summary>
    public static readonly TextRule StsArn = new(20, 2048, @"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+", IsShown);
    /// <summary>Those of AWS's shape, which its models allow, and temporary ones that were issued in uproject's.</summary>
    public static readonly TextRule AccessKeyId = new(16, 128, @"[\w]+", text => !text.AsSpan(text.StartsWith(Names.AccessKeyId.UprojectTemporaryPrefix, StringComparison.Ordinal) ? Names.AccessKeyId.UprojectTemporaryPrefix.Length : 0).ContainsAnyExcept(WordCharacters));
    public static readonly TextRule ExternalId = TextRule.Of(2, 1224, @"[\w+=,.@:\/-]*", SearchValues.Create(Word + "+=,.@:/-"));
    public static readonly TextRule EncodedMessage = TextRule.Of(1, Tokens.AuthorizationMessage.MaxLength);
    public static readonly TextRule SerialNumber = TextRule.Of(9, 256, @"[\w+=/:,.@-]*", SearchValues.Create(Word + "+=/:,.@-"));
    public static readonly TextRule AuthenticationCode = TextRule.Of(6, 6, @"[\d]+", SearchValues.Create(Digits)) with { IsSecret = true };
    // A serial number has 256 characters at most, and arn:aws:iam::123456789012:mfa/ takes 30 of them.
    public static readonly TextRule MfaDeviceName = Name(226);
    public static readonly TextRule TokenCode = TextRule.Of(6, 6, @"[\d]*", SearchValues.Create(Digits)) with { IsSecret = true };
    public static readonly TextRule Path = new(1, 512, @"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", text => IsPath(text, PathCharacters));
    public static readonly TextRule PolicyPath = new(1, 512, @"((/[A-Za-z0-9\.,\+@=_-]+)*)/", text => IsPath(text, PolicyPathCharacters) && !text.Contains("//", StringComparison.Ordinal));
    public static readonly TextRule PathPrefix = new(1, 512, @"\u002F[\u0021-\u007F]*", text => text.StartsWith('/') && !text.AsSpan().ContainsAnyExcept(PathCharacters));
    public static readonly TextRule Marker = TextRule.Of(1, 320);
    public static readonly TextRule TagKey = new(1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", IsTagText);
    public static readonly TextRule TagValue = new(0, 256, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", IsTagText);
    public static readonly TextRule PolicyDocument = new(1, 131072, @"[\u0009\u000A\u000D\u0020-\u00FF]+", IsLatin) { IsDocument = true };
    public static readonly TextRule SessionPolicy = new(1, 131072, @"[\u0009\u000A\u000D\u0020-\u00FF]+", IsLatin) { IsDocument = true };
    /// <summary>Of the actions whose model limits it.</summary>
    public static readonly TextRule ShortSessionPolicy = SessionPolicy with { Maximum = 2048 };
    public static readonly TextRule Description = new(0, 1000, @"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*", text => IsLatin(text) && !text.AsSpan().ContainsAnyInRange('\u007f', '\u00a0'));
    /// <summary>For texts whose length has a limit of its own.</summary>
    public static readonly TextRule Unlimited = TextRule.Of(0, int.MaxValue);
    public static readonly TextRule Any = TextRule.Of(0, 131072);
    /// <summary>A policy document with letters of all the world.</summary>
    public static readonly TextRule AnyDocument = Any with { IsDocument = true };

    private static TextRule Name(int maximum) => TextRule.Of(1, maximum, @"[\w+=,.@-]+", NameCharacters);

    private static bool IsPath(string text, SearchValues<char> allowed) =>
        text == "/" || (text.Length > 2 && text[0] == '/' && text[^1] == '/' && !text.AsSpan().ContainsAnyExcept(allowed));

    private static bool IsLatin(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('\u0020', '\u00ff') || text.All(character => character is '\t' or '\n' or '\r' or (>= ' ' and <= '\u00ff'));

    // What XML can hold, without the control characters: what EnumerateRunes could not read, it gives as U+FFFD.
    private static bool IsShown(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not ('\t' or '\n' or '\r' or 0x85) && (rune.Value is 0xFFFD or 0xFFFE or 0xFFFF || System.Text.Rune.IsControl(rune)))
                return false;
        }
        return true;
    }

    private static bool IsTagText(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD || !(System.Text.Rune.IsLetter(rune) || System.Text.Rune.IsNumber(rune) || IsSeparator(rune) || (rune.IsAscii && "_.:/=+-@".Contains((char)rune.Value, StringComparison.Ordinal))))
                return false;
        }
        return true;
    }

    private static bool IsSeparator(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.SpaceSeparator or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
