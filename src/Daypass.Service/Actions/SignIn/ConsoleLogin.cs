using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.SignIn;

/// <summary>Signs in with a sign-in token, which is used up by it.</summary>
internal sealed class ConsoleLogin : ApiAction<ConsoleLogin.Request, ConsoleLogin.Response>
{
    private static readonly TextRule Url = TextRule.Of(1, 2048) with { IsSecret = true };

    internal sealed record Request(string? Destination, string? Issuer);

    /// <param name="Caller">Who is signed in.</param>
    /// <param name="Until">Until when.</param>
    /// <param name="Destination">Where to go on, on this installation's own address; null for nowhere.</param>
    internal sealed record Response(Caller Caller, DateTimeOffset Until, string? Destination) : IShape, IAddsToRecord
    {
        public IEnumerable<KeyValuePair<string, string>> Additions =>
            Destination is null ? SignInService.Additions(Caller) : SignInService.Additions(Caller).Prepend(new("LoginTo", new Uri(Destination).GetLeftPart(UriPartial.Path)));

        public void Write(ShapeWriter writer) => writer.ForRecord("ConsoleLogin", "Success");
    }

    public override string EventType => "AwsConsoleSignIn";

    // Whoever wrote the link wrote anything into them, and the trail is no place for that: where somebody went is in LoginTo, without its query.
    public override IReadOnlyList<string> SecretParameters => ["Destination", "Issuer"];

    public override Request Read(Parameters wire) => new(wire.Text("Destination", Url), wire.Text("Issuer", Url));

    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        // Before the token is used up: who mistyped a link tries again.
        var destination = SignInDestination.Check(request.Destination, scene.Settings.PublicUrl());
        // Opened once already, when the caller was proven by it; time has not gone on.
        var token = scene.Vault.OpenSigninToken(scene.Request.Shown!.SigninToken!, scene.Now) ?? throw Errors.InvalidSigninToken();
        var used = scene.Change().Claim($"signin/{token.Id}", scene.RealTime + GetSigninToken.Lifetime, Errors.InvalidSigninToken());
        return new Outcome<Response>(new Response(scene.Caller, token.SignedInUntil, destination), used);
    }
}
