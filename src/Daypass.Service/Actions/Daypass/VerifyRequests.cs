using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Verdicts on requests that the callers of a protected service signed in the uproject dialect, whose signature has no key that the service
/// could hold (<see cref="VerdictProtocol"/>); and the callers' leases, with which it decides. As with <see cref="AcquireLeases"/> only
/// principals of the owning account get any.
/// </summary>
internal sealed class VerifyRequests : ApiAction<VerifyRequests.Request, VerifyRequests.Response>
{
    internal sealed record Request(string ServiceName, string Region, IReadOnlyList<RequestProof> Proofs);

    internal sealed record Response(string OwnerAccount, string Service, IReadOnlyList<LeaseAnswer> Verdicts) : IManyAnswers, IExplainsRefusals
    {
        public bool RestsOnAbsence => Verdicts.Any(verdict => verdict.RestsOnAbsence);

        public int Refusals => Verdicts.Count(verdict => verdict.IsRefusal);

        public IShape Undecided() => this with { Verdicts = [.. Verdicts.Select(verdict => verdict.RestsOnAbsence ? LeaseAnswer.Undecided : verdict)] };

        public IShape Unexplained() => this with { Verdicts = [.. Verdicts.Select(verdict => verdict.IsRefusal ? LeaseAnswer.Unexplained : verdict)] };

        public void Write(ShapeWriter writer)
        {
            writer.Text("OwnerAccount", OwnerAccount);
            writer.List("Verdicts", Verdicts);
        }
    }

    // As AcquireLeases has it; and the texts are whole requests.
    public override bool IsSecret(string parameter) => parameter.StartsWith("Requests.", StringComparison.Ordinal) && !parameter.EndsWith(".AccessKeyId", StringComparison.Ordinal);

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override Request Read(Parameters wire)
    {
        var members = wire.Members("Requests");
        wire.LimitCount("Requests", members.Count, VerdictProtocol.MaxRequests);
        return new Request(
            wire.RequiredText("ServiceName", ServiceRules.Name),
            wire.RequiredText("Region", ServiceRules.Region),
            [.. members.Take(VerdictProtocol.MaxRequests).Select(member => RequestProof.Read(wire, member))]);
    }

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home, Vault vault) =>
        request.Proofs.SelectMany(proof => proof.Shown.Needs(installation, vault));

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => response.Verdicts.Select(verdict => verdict.Account).OfType<AccountId>();

    // Another account's service does not exist for the caller: who owns it must not show in a refusal.
    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:VerifyRequests", ArnOf(request, scene), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        ServiceRules.RequireOwn(request.ServiceName, request.Region, scene);
        return new Outcome<Response>(new Response(
            scene.Caller.Account.ToString(),
            ArnOf(request, scene),
            [.. request.Proofs.Select(proof => Verdict.On(proof, request.ServiceName, request.Region, scene))]));
    }

    private static string ArnOf(Request request, Scene scene) => ServiceArn.Of(request.ServiceName, request.Region, scene.Caller.Account);
}
