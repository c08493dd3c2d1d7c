using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>borrar mis datos</c>: forgets the person at once, in the audit log's way: the chain stays, its content goes.</summary>
public sealed class EraseCommand(DataRights rights) : IPageCommand
{
    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken)
    {
        if (CommandWords.Of(message.Text) is not ("borrar mis datos" or "borra mis datos" or "borren mis datos" or "elimina mis datos" or "eliminar mis datos")) return ValueTask.FromResult<TurnOutcome?>(null);
        rights.Cancel(message.PersonKey, message.Channel);
        foreach (var alias in message.Aliases) rights.Cancel(Incoming.PersonKeyOf(message.Channel, alias), message.Channel);
        return ValueTask.FromResult<TurnOutcome?>(new TurnOutcome([new BotMessage.Note(
            "Listo: borré sus preguntas, mis respuestas, su historial, sus valoraciones, sus avisos y sus casos. Quedan renglones de bitácora sin contenido, que ya no dicen nada de usted. "
            + "Los mensajes que ve en esta aplicación los guarda ella; ahí puede borrarlos usted.")]) { Forgotten = true });
    }
}
