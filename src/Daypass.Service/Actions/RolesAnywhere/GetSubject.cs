using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>One of those whom certificates name, with the certificates that came, and whether they got in.</summary>
internal sealed class GetSubject : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("GET", "/subject/{subjectId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "subjectId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Subjects.Ask(this, scene, request.Id);

    public override SightingQuery? SightingsOf(AnywhereTarget request, Scene scene) => new(scene.Home.Account) { Subject = request.Id };

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene) => scene.Sightings.Count == 0
        ? throw Errors.ResourceNotFound(AnywhereKinds.Subjects.Words)
        : new(new AnywhereDetail("subject", new SubjectShape(scene.Sightings, new CertificateStates(scene), IsDetailed: true)));

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Subjects.Shown(scene, request.Id)];
}
