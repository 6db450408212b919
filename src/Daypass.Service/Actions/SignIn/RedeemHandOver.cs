using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;

namespace Daypass.Service.Actions.SignIn;

/// <summary>Gives the session that a person has chosen to the program that waits for it, once.</summary>
internal sealed class RedeemHandOver : ApiAction<RedeemHandOver.Request, RedeemHandOver.Response>
{
    /// <summary>How long a browser may take to get from the page to the program.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    internal sealed record Request;

    /// <param name="Caller">Whose session it is.</param>
    /// <param name="Session">The session, its secret with it.</param>
    /// <param name="Left">How long it lasts.</param>
    internal sealed record Response(Caller Caller, ShownSession Session, TimeSpan Left) : IShape
    {
        public void Write(ShapeWriter writer) => writer.ForRecord("RedeemHandOver", "Success");
    }

    public override string EventType => "AwsConsoleSignIn";

    public override Request Read(Parameters wire) => new();

    // Whoever has the code and the secret has the session already.
    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        // Opened once already, when the caller was proven by it.
        var code = scene.Vault.OpenHandOver(scene.Request.Shown!.Handed!, scene.RealTime) ?? throw Errors.InvalidSigninToken();
        var claims = scene.Caller.Session!;
        var used = scene.Change().Claim($"hand-over/{code.Id}", code.NotAfter, Errors.InvalidSigninToken());
        return new Outcome<Response>(new Response(scene.Caller, code.Session with { Secret = claims.SecretAccessKey }, claims.ExpiresAt - scene.Now), used);
    }
}
