"""One note being written, and what stands around its text.

- ``editor``: the editor of one note after another
- ``writing``: the box of its title and text, in the browser
- ``opened``: what is read of the note that is open
- ``toolbar``: what is done with a click, and how the text is shown
- ``preview``: the text as it will look
- ``note_details``: tags, colour, and what leads to the note
- ``note_menu``: everything else that is done with it
- ``history_dialog``: its earlier versions
- ``proposal_bar``: what can be asked of a model for what is marked
- ``proposal_sheet``: what it proposes, to take or to drop
- ``conflict``: two versions, of which one chooses
- ``diff``: where two texts differ, as HTML
"""
