using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;
using Daypass.Tokens;

namespace Daypass.Service.Actions.SignIn;

/// <summary>
/// A token that lets a person sign in, in a browser, as a session that a program of theirs has got: of a role, or of a federated user. It works
/// once, within 15 minutes, while the session lives.
/// </summary>
internal sealed class GetSigninToken : ApiAction<GetSigninToken.Request, GetSigninToken.Response>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int MinDuration = 900;
    private const int MaxDuration = 43200;

    internal sealed record Request(int? Duration);

    internal sealed record Response(string Token, Caller Caller) : IShape, IAddsToRecord
    {
        public IEnumerable<KeyValuePair<string, string>> Additions => SignInService.Additions(Caller);

        public void Write(ShapeWriter writer)
        {
            writer.Secret("SigninToken", Token);
            writer.ForRecord("GetSigninToken", "Success");
        }
    }

    public override string EventType => "AwsConsoleSignIn";

    public override bool IsReadOnly => false;

    public override bool Writes => false;

    public override bool IsHot => true;

    public override Request Read(Parameters wire) => new(wire.Number("SessionDuration", MinDuration, MaxDuration));

    // No policy speaks of it: whoever has the session may do what it may, in a browser as anywhere.
    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var session = scene.Caller.Session!;
        if (session.Kind is not (SessionKind.AssumedRole or SessionKind.FederatedUser))
            throw Errors.AccessDenied("Only sessions of AssumeRole and its relatives and of GetFederationToken can sign in.");
        var until = request.Duration is { } duration ? scene.NowInSeconds.AddSeconds(Checked(duration, session, scene)) : session.ExpiresAt;
        return new Outcome<Response>(new Response(scene.Vault.SealSigninToken(scene.Request.Shown!.Session!, scene.NowInSeconds + Lifetime, until, scene.Entropy), scene.Caller));
    }

    // Whoever may name a duration stays longer than the session that was issued: so only where the role's own limit says how long.
    private static int Checked(int duration, SessionClaims session, Scene scene)
    {
        if (session.Kind == SessionKind.FederatedUser)
            throw Errors.InvalidParameterValue("SessionDuration cannot be set for a session of GetFederationToken: its own duration counts.");
        if (session.Chain.Any(ancestor => ancestor.PrincipalId.StartsWith(UniqueId.Role, StringComparison.Ordinal)))
            throw Errors.InvalidParameterValue("SessionDuration cannot be set for a session of a role that another role's session assumed: its own duration counts.");
        return duration <= scene.Caller.Role!.MaxSessionDuration
            ? duration
            : throw Errors.InvalidParameterValue($"SessionDuration exceeds the MaxSessionDuration set for this role, {scene.Caller.Role.MaxSessionDuration} seconds.");
    }
}
