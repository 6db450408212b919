using System.Globalization;
using Daypass.Cli.Arguments;
using Daypass.Cli.Login;
using Daypass.Cli.Login.Oidc;
using Daypass.Cli.Printing;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass login</c>: a person signs in at the company's identity provider, and a profile of the AWS CLI has a role's session from then on.</summary>
internal sealed class LoginCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. LoginTerms.Options, new("no-browser", OptionValues.None), new("device", OptionValues.None), new("renew", OptionValues.None), new("forget", OptionValues.None)];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 0)
            throw new CommandException($"'{line.Positionals[0]}' is not an option. Usage: daypass login --profile NAME ... 'daypass help login' says more.");
        var profile = LoginTerms.ReadProfile(line.Value("profile"));
        var place = new ProfilePlace(host, profile);
        var file = KeptLogin.FileOf(host, place.ConfigFile, profile);
        if (line.Has("renew"))
        {
            var session = await new Renewal(host, profile, file).GetAsync(cancellationToken);
            host.WriteLine(ResultPrinter.Print(session.ToProcessOutput()));
            return ExitCodes.Success;
        }
        if (line.Has("forget"))
            return Forget(profile, file);
        var terms = LoginTerms.Read(host, line, profile, KeptLogin.TryRead(file)?.Terms);
        place.Check();
        var kept = await SignInAsync(terms, line, cancellationToken);
        using (await FileLock.EnterAsync(file + ".lock", cancellationToken))
            kept.Save(file);
        place.Write(terms, line);
        var until = kept.Session.Expiration.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        host.WriteLine($"Signed in as {kept.Session.RoleArn} until {until}{(kept.RefreshToken is null ? "" : ", renewed as needed")}.");
        host.WriteLine($"Try it: aws --profile {profile} sts get-caller-identity");
        return ExitCodes.Success;
    }

    // The profile stays, and says that one has to sign in.
    private int Forget(string profile, string file)
    {
        host.WriteLine(File.Exists(file) ? $"What was kept for '{profile}' is deleted. Its session itself lasts until it ends or is revoked." : $"Nothing was kept for '{profile}'.");
        File.Delete(file);
        return ExitCodes.Success;
    }

    private async Task<KeptLogin> SignInAsync(LoginTerms terms, CommandLine line, CancellationToken cancellationToken)
    {
        var browser = new Browser(host, !line.Has("no-browser"));
        if (terms.Issuer is null)
        {
            if (line.Has("device"))
                throw new CommandException("--device is for OpenID providers: SAML knows no such thing.");
            return new KeptLogin(terms, await new SamlSignIn(host, terms).WithBrowserAsync(browser, cancellationToken), host.Clock.GetUtcNow());
        }
        using var provider = new OidcSignIn(host, terms);
        var (token, refreshToken) = line.Has("device") ? await provider.WithDeviceAsync(cancellationToken) : await provider.WithBrowserAsync(browser, cancellationToken);
        var now = host.Clock.GetUtcNow();
        var session = await new RoleSession(host, terms).GetAsync(token, cancellationToken);
        return new KeptLogin(terms, session, now) { RefreshToken = refreshToken, Subject = token.Subject };
    }
}
