package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Write writes the parts into the folder dir, which is made where it is missing:
// all of them or none. Each part is first written whole under a temporary name
// beside its own and brought to the disk; only when all are is each given its
// name. On an error, also in the last step, the files that stood there before
// stand there again, and nothing new does. A process that is killed leaves
// every file whole, the old or the new one, and beside them files whose names begin
// with ".export-" and may be deleted.
//
// A name that would leave dir, stands there twice, or is a folder is an error
// before anything is written; symbolic links that lead out of dir are not
// followed.
func Write(dir string, parts []Part) (err error) {
	if err := checkNames(parts); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	t := transaction{root: root}
	for i, p := range parts {
		if err := t.prepare(i, p); err != nil {
			return errors.Join(fmt.Errorf("export: %s: %w", p.Name, err), t.clean())
		}
	}
	for i := range t.files {
		if err := t.commit(i); err != nil {
			return errors.Join(fmt.Errorf("export: %s: %w", t.files[i].name, err), t.undo(i), t.clean())
		}
	}
	return t.clean()
}

func checkNames(parts []Part) error {
	seen := map[string]bool{}
	for _, p := range parts {
		low := strings.ToLower(p.Name) // some file systems do not tell case apart
		switch {
		case !fs.ValidPath(p.Name) || p.Name == "." || !filepath.IsLocal(filepath.FromSlash(p.Name)) || strings.ContainsAny(p.Name, "\\:\x00"):
			return fmt.Errorf("export: %q is not a name of a file in the folder: expected one as \"tables/decisions.csv\"", p.Name)
		case seen[low]:
			return fmt.Errorf("export: two parts are called %q", p.Name)
		case p.Write == nil:
			return fmt.Errorf("export: %s: the part has no function that writes it", p.Name)
		}
		seen[low] = true
	}
	for _, p := range parts {
		for up := path.Dir(strings.ToLower(p.Name)); up != "."; up = path.Dir(up) {
			if seen[up] {
				return fmt.Errorf("export: %q is the name of a part and of a folder of %q", up, p.Name)
			}
		}
	}
	return nil
}

// file is a part on its way to its place.
type file struct {
	name string
	temp string // what was written
	kept string // what stood there before; "" for nothing
}

// transaction is the state of one Write.
type transaction struct {
	root    *os.Root
	files   []file
	folders []string // made by this export, the outer before the inner
}

// beside names a temporary file in the folder of a part.
func beside(name, what string, i int) string {
	return path.Join(path.Dir(name), fmt.Sprintf(".export-%d-%d-%s", os.Getpid(), i, what))
}

// prepare writes a part whole under a temporary name.
func (t *transaction) prepare(i int, p Part) error {
	if err := t.folder(path.Dir(p.Name)); err != nil {
		return err
	}
	if _, err := t.occupied(p.Name); err != nil {
		return err
	}
	f := file{name: p.Name, temp: beside(p.Name, "new", i)}
	dst, err := t.root.OpenFile(f.temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	t.files = append(t.files, f)
	err = p.Write(dst)
	if err == nil {
		err = dst.Sync()
	}
	return errors.Join(err, dst.Close())
}

// folder makes a folder and remembers those that were not there.
func (t *transaction) folder(name string) error {
	if name == "." {
		return nil
	}
	if _, err := t.root.Stat(name); err == nil {
		return nil
	}
	if err := t.folder(path.Dir(name)); err != nil {
		return err
	}
	if err := t.root.Mkdir(name, 0o777); err != nil {
		return err
	}
	t.folders = append(t.folders, name)
	return nil
}

// commit puts a part in its place and keeps what stood there under a name of its
// own. With a second name for it, the new file takes the place in one step; only where
// the file system has no such names is the place empty for a moment.
func (t *transaction) commit(i int) error {
	f := &t.files[i]
	there, err := t.occupied(f.name)
	if err != nil {
		return err
	}
	if there {
		kept := beside(f.name, "old", i)
		_ = t.root.Remove(kept) // of a process that was killed and had this one's number
		err := t.root.Link(f.name, kept)
		if err != nil {
			err = t.root.Rename(f.name, kept)
		}
		if err != nil {
			return err
		}
		f.kept = kept
	}
	if err := t.root.Rename(f.temp, f.name); err != nil {
		return err
	}
	f.temp = ""
	return nil
}

// occupied tells whether a file stands at a place; anything else there is an error.
func (t *transaction) occupied(name string) (bool, error) {
	at, err := t.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !at.Mode().IsRegular():
		return false, errors.New("something that is not a plain file is in its place")
	}
	return true, nil
}

// undo brings back what stood in the places of the parts up to last.
func (t *transaction) undo(last int) error {
	var errs []error
	for i := last; i >= 0; i-- {
		f := &t.files[i]
		switch {
		case f.kept != "":
			err := t.root.Rename(f.kept, f.name)
			if err == nil {
				// Two names of one file stay two: a rename between them does nothing.
				_ = t.root.Remove(f.kept)
			}
			errs = append(errs, err)
			f.kept = "" // where it could not be brought back it is not to be removed either
		case f.temp == "":
			errs = append(errs, t.root.Remove(f.name))
		}
	}
	return errors.Join(errs...)
}

// clean removes what is left of the export beside its files: temporary files,
// and folders that it made and left empty.
func (t *transaction) clean() error {
	var errs []error
	for _, f := range t.files {
		for _, name := range []string{f.temp, f.kept} {
			if name != "" {
				errs = append(errs, t.root.Remove(name))
			}
		}
	}
	for i := len(t.folders) - 1; i >= 0; i-- {
		_ = t.root.Remove(t.folders[i]) // fails where the folder holds files, as it should
	}
	return errors.Join(errs...)
}
