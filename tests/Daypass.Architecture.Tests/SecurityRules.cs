using Daypass.Service.Actions.SignIn;
using Daypass.Service.Pipeline;

namespace Daypass.Architecture.Tests;

/// <summary>Who may make what a decision rests on.</summary>
public class SecurityRules
{
    [Fact]
    public void Only_the_authenticators_make_a_caller() => OnlyIn("new Caller", "src/Daypass.Service/Pipeline/Authentication/");

    [Fact]
    public void Only_the_error_catalogue_makes_refusals() => OnlyIn("new ApiException(", "src/Daypass.Service/Pipeline/Errors.cs");

    [Fact]
    public void Callers_are_made_with_their_type_named_or_not_at_all()
    {
        // "Caller X = new()" would slip past the search above: the factory's two forms are the only ones there are.
        var factories = Repository.Sources("src/Daypass.Service")
            .Where(path => File.ReadAllLines(path).Any(line => line.Contains("static Caller ", StringComparison.Ordinal) && line.Contains("new()", StringComparison.Ordinal)));
        Assert.All(factories, path => Assert.Contains("/Pipeline/Authentication/", path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_document_that_is_stored_is_read_so_that_the_validator_sees_it()
    {
        // By Parameters.PolicyDocument. The simulator stores none of those that it is given.
        string[] others = ["/Pipeline/Parameters.cs", "/Actions/Iam/Simulation/"];
        var readers = Repository.Sources("src").Where(path => File.ReadAllText(path).Contains("TextRules.PolicyDocument", StringComparison.Ordinal));
        Assert.All(readers, path => Assert.Contains(others, other => path.Contains(other, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_action_stands_in_a_file_of_its_own_name()
    {
        var files = Repository.Sources("src/Daypass.Service/Actions").Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet();
        Assert.All(new ActionCatalog().Everything, action => Assert.Contains(action.Name, files));
    }

    [Fact]
    public void Every_action_that_exists_is_in_the_catalogue()
    {
        // Those of the sign-in endpoints are found by no dialect, and so by no catalogue.
        ApiAction[] signIn = [SignInService.GetSigninToken, SignInService.ConsoleLogin, SignInService.ListOfferedRoles, SignInService.RedeemHandOver];
        var catalogued = new ActionCatalog().Everything.Concat(signIn).Select(action => action.GetType()).ToHashSet();
        var written = typeof(ApiAction).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ApiAction)));
        Assert.All(written, type => Assert.Contains(type, catalogued));
    }

    [Fact]
    public void No_secret_is_compared_with_an_operator_that_stops_early()
    {
        string[] suspects = ["Signature ==", "Secret ==", "SessionToken ==", "== signature", "== secret"];
        var hits = Repository.Sources("src").SelectMany(path => File.ReadLines(path).Where(line => !line.Contains(".Length", StringComparison.Ordinal) && suspects.Any(suspect => line.Contains(suspect, StringComparison.OrdinalIgnoreCase))).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"));
        Assert.Empty(hits);
    }

    [Fact]
    public void An_unknown_key_is_told_so_only_after_a_signature_was_checked_all_the_same()
    {
        // The same work either way, so that time does not tell which keys there are. No test can measure that on a machine under load.
        var text = File.ReadAllText(Repository.Sources("src").Single(path => path.EndsWith("/SignatureAuthenticator.cs", StringComparison.Ordinal)));
        var (check, answer) = (text.IndexOf("= IsSignedBy(credential,", StringComparison.Ordinal), text.IndexOf("throw authorization.SessionToken is null ? Errors.UnknownKey()", StringComparison.Ordinal));
        Assert.True(check > 0 && answer > check);
        Assert.Equal(3, text.Split("credential is null ? Dummy").Length - 1);
        var (ucloud, refusal) = (text.IndexOf("UprojectSignature.Matches(", StringComparison.Ordinal), text.IndexOf("? Errors.InvalidToken() : Errors.UnknownKey()", StringComparison.Ordinal));
        Assert.True(ucloud > 0 && refusal > ucloud);
    }

    [Theory]
    [InlineData("src/Daypass.Core/Signing/SigV4.cs")]
    [InlineData("src/Daypass.Core/Signing/UprojectSignature.cs")]
    [InlineData("src/Daypass.Service/Mfa/Totp.cs")]
    [InlineData("src/Daypass.Service/Pipeline/Authentication/SignatureAuthenticator.cs")]
    public void Secrets_are_compared_in_constant_time(string file) =>
        Assert.Contains("CryptographicOperations.FixedTimeEquals(", File.ReadAllText(Path.Combine(Repository.Root, file)), StringComparison.Ordinal);

    private static void OnlyIn(string text, string where)
    {
        var hits = Repository.Sources("src").Where(path => File.ReadAllText(path).Contains(text, StringComparison.Ordinal));
        Assert.All(hits, path => Assert.Contains("/" + where, path, StringComparison.Ordinal));
    }
}
